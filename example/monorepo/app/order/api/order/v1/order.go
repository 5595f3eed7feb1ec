// Package v1 holds the requests and responses of the orders' API.
package v1

import "github.com/gogf/gf/v2/frame/g"

// Order is one order.
type Order struct {
	ID       int64  `json:"id"`
	Customer string `json:"customer"`
	Cents    int64  `json:"cents" dc:"amount in cents"`
	Amount   string `json:"amount" dc:"amount with two decimals"`
	Status   string `json:"status" dc:"placed, paid, shipped or cancelled"`
}

// CreateReq asks for a new order.
type CreateReq struct {
	g.Meta   `path:"/orders" method:"post" tags:"order" summary:"create an order"`
	Customer string `json:"customer" v:"required|length:1,64"`
	Cents    int64  `json:"cents"    v:"required|min:1"`
}

// CreateRes is the new order.
type CreateRes struct {
	Order
}

// ChangeReq changes the status of an order.
type ChangeReq struct {
	g.Meta `path:"/orders/status" method:"put" tags:"order" summary:"change the status of an order"`
	ID     int64  `json:"id"     v:"required|min:1"`
	Status string `json:"status" v:"required|in:paid,shipped,cancelled"`
}

// ChangeRes is the order as it is now.
type ChangeRes struct {
	Order
}

// LoginReq says who is there, in the place of a real login.
type LoginReq struct {
	g.Meta   `path:"/login" method:"post" tags:"order" summary:"log in"`
	Customer string `json:"customer" v:"required|length:1,64"`
}

// LoginRes is empty: the answer is a cookie.
type LoginRes struct{}

// ListReq asks for the orders of a customer, or of all.
type ListReq struct {
	g.Meta   `path:"/orders" method:"get" tags:"order" summary:"list orders"`
	Customer string `json:"customer" in:"query"`
}

// ListRes holds orders, the oldest first.
type ListRes struct {
	Orders []Order `json:"orders"`
}
