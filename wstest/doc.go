// Package wstest tests WebSocket handlers without a port: a handler, a JSON-RPC
// router or a whole plugin serves in memory, with real frames, and peers connect
// as users.
//
//	kit := wstest.Serve(t, router)
//	ann, ben := kit.Connect(wstest.As("ann")), kit.Connect(wstest.As("ben"))
//	ann.AssertReply("chat.say", g.Map{"text": "hi"}, nil)
//	ben.AssertPush("chat.said", g.Map{"user": "ann", "text": "hi"})
//	ann.AssertNoPush()
//
// Nothing sleeps: each assertion waits for what must happen, and that something
// has not happened is proven by a round trip. What depends on time runs in
// [Timed], where the clock moves when the test says so.
//
// What does not hold ends the test, so assertions are made on its goroutine.
package wstest
