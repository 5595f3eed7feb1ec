// All words of the page: in [groups], each line a key, the English, and the Chinese where it differs.

export const words = `
[page]
title|WebSocket console|WebSocket 控制台
skip|Skip to the message field|跳到消息输入框
[theme]
is|Colours: {theme}|配色：{theme}
system|as the system|跟随系统
light|light|浅色
dark|dark|深色
[tabs]
label|Connections|连接列表
new|New connection|新建连接
close|Close {name}|关闭 {name}
empty|new|新连接
[sheet]
close|Close|关闭
[connection]
heading|Connection|连接
reconnect|Reconnect now|立即重连
[toggle]
closed|Connect|连接
connecting|Cancel|取消
open|Disconnect|断开
closing|Disconnect|断开
waiting|Stop trying|停止重连
[connect]
address|Address|地址
options|Subprotocols, token, signing key|子协议、令牌、签名密钥
subprotocols|Subprotocols|子协议
token|Token|令牌
way|Send the token as|令牌的发送方式
signingKey|Signing key|签名密钥
invalid|Write an address as wss://host/path, or a path of this server.|请输入地址，如 wss://host/path，或本服务端的路径。
insecure|Signing works on https and localhost only.|只能在 https 或 localhost 下签名。
keep|Keep token and key on this device|在本设备上保存令牌和密钥
reconnects|Reconnect by itself|自动重连
[way]
first-message|first message|首条消息
subprotocol|subprotocol bearer.…|子协议 bearer.…
query|query access_token|查询参数 access_token
[state]
closed|Closed|已关闭
connecting|Connecting|正在连接
open|Open|已连接
closing|Closing|正在关闭
waiting|Waiting|等待重连
[phase]
closed|not trying to connect|不会自动重连
connecting|waiting for an answer|等待服务端响应
open|since {time}|自 {time} 起
closing|waiting for an answer|等待服务端响应
waiting|retry in {seconds} s|{seconds} 秒后重试
[facts]
limit|Largest message|单条消息上限
unknown|not known|未知
[views]
label|Views|视图
messages|Messages|消息
live|Live|实时
rooms|Rooms|房间
[log]
search|Search|搜索
pattern|Regular expression|正则表达式
direction|Direction|方向
method|Method|方法
pinned|Pinned only|只看置顶
pause|Pause|暂停
export|Export|导出
clear|Clear log|清空记录
newest|Newest|最新
noPattern|Not searched: the expression is wrong, or repeats too often.|未搜索：表达式有误，或重复过多。
nothing|Nothing matches.|没有符合条件的内容。
shown|Rows: {rows}|{rows} 行
waiting|{count} new since the pause|暂停后新增 {count} 条
spoken|{count} messages, last: {last}|{count} 条消息，最后一条：{last}
sent|Sent|发送
echo|Echo|回显
reply|Reply|响应
received|Received|接收
event|Event|事件
empty|empty message|空消息
signed|signed|已签名
type|Type|类型
type.text|text|文本
type.binary|binary|二进制
[inspector]
shown|Show as|显示方式
tree|Tree|树形
raw|Raw|原文
hex|Hex|十六进制
copy|Copy|复制
copied|Copied|已复制
notCopied|Not copied|复制失败
pin|Pin|置顶
unpin|Unpin|取消置顶
edit|Edit|编辑
content|Content|内容
more|The beginning of {size}; Copy takes all.|{size} 的开头，复制可得全部。
members|{count} more|另有 {count} 项
[lesson]
heading|Say something to the server.|向服务端说点什么。
text|Write below, or start with these:|请在下方输入，或从这些例子开始：
methods|Or choose a method below.|也可在下方选择方法。
closed|Connect first, to any server that lets you in.|请先连接任一允许您的服务端。
[composer]
label|Message|消息内容
type|Send as|发送类型
text|Text|文本
file|File|文件
noTemplates|No AsyncAPI document|没有 AsyncAPI 文档
format|Format|格式化
saved|Saved|收藏
send|Send|发送
choose|Choose a file|选择文件
[rule]
required|required|必填
minimum|at least {value}|至少 {value}
maximum|at most {value}|至多 {value}
[saved]
add|Save this message|收藏当前消息
remove|Remove {name}|移除 {name}
[repeat]
heading|Repeat|重复
times|Times|次数
interval|Every, ms|间隔（毫秒）
start|Start|开始
stop|Stop|停止
range|A whole number from {min} to {max}|{min} 到 {max} 的整数
ended|Repeating ended with the connection: {done} / {times}|重复随连接结束：{done} / {times}
[hint]
text|Enter sends, Shift+Enter breaks the line, ↑ brings back|Enter 发送，Shift+Enter 换行，↑ 找回上一条
send|Ctrl+Enter sends|Ctrl+Enter 发送
[json]
wrong|expected: {expects}|应为：{expects}
[bytes]
hex|no pair of hexadecimal digits|不是成对的十六进制数字
base64|no Base64|不是 Base64
[warning]
empty|Write a message, or choose a file, first.|请先输入消息，或选择文件。
tooLarge|Larger than {limit}: the server would close. Send again to insist.|超过 {limit}，会被关闭。再次发送则照常发出。
notOpen|Not sent: the connection is not open.|未发送：连接尚未打开。
at|Line {line}, column {column}: {what}|第 {line} 行第 {column} 列：{what}
[event]
open|Connected to {url}{using}|已连接到 {url}{using}
subprotocol| with {subprotocol}|，子协议 {subprotocol}
closed|Closed: {code}, {meaning}{reason}|连接已关闭：{code}，{meaning}{reason}
closedByUs|You closed the connection: {code}, {meaning}{reason}|您关闭了连接：{code}，{meaning}{reason}
failed|Could not connect: {meaning}|无法连接：{meaning}
stopped|Stopped trying to connect|已停止连接
noDocument|Document {path} not understood: {problem}|无法读懂文档 {path}：{problem}
noSettings|Could not read the server’s settings ({problem}); using {path}|无法读取服务端设置（{problem}），改用 {path}
[close]
1000|normal closure, both sides are done.|正常关闭，双方通信结束。
1001|going away, the server is shutting down.|对端离开，正在关闭。
1002|protocol error, a frame was unreadable.|协议错误，无法解析帧。
1003|unsupported data of this type.|不支持此类数据。
1005|closed without a code.|没有状态码。
1006|no close frame: killed, or the network lost.|没有关闭帧：被终止或网络中断。
1007|invalid data, text that is not UTF-8.|数据无效，文本不是 UTF-8。
1008|policy violation, a message or this client was refused.|违反策略，拒绝了某条消息或此客户端。
1009|message too big for the server.|消息过大，超出服务端上限。
1010|missing extension.|缺少扩展。
1011|internal error, the server failed unexpectedly.|内部错误，服务端发生意外故障。
1012|service restart, it will be back.|服务重启，稍后恢复。
1013|try again later, overloaded.|请稍后再试，已过载。
1014|bad gateway.|网关错误。
1015|no secure connection by TLS.|无法建立 TLS 连接。
3000|unauthorized, credentials are wanted.|未认证，需要凭证。
3003|forbidden.|禁止访问。
3008|timeout.|超时。
4401|not authenticated: no token, or a wrong or old one.|未认证：没有令牌，或令牌错误、过期。
4403|not allowed for this user.|该用户没有权限。
detail|{code}: {meaning}{reason}|{code}：{meaning}{reason}
reason| (“{reason}”)|（“{reason}”）
reserved|a reserved code.|协议保留的状态码。
library|a code of a library.|类库的状态码。
application|a code of the application.|应用的状态码。
unknown|a code outside of the protocol.|协议之外的状态码。
refused|the server is away, or refused the handshake.|服务端无法访问，或拒绝了握手。
silent|the server did not answer the handshake in time.|服务端未及时响应握手。
unanswered|the server did not answer the close frame in time.|服务端未及时响应关闭帧。
left|you left this page.|您离开了此页面。
forbidden|the browser does not allow this address.|浏览器不允许访问此地址。
[refused]
endpoints|No endpoint is at this path, but at {paths}.|此路径没有端点，端点位于 {paths}。
answer|It answers {status}: {message}|服务端返回 {status}：{message}
[check]
down|This server does not answer. Is it running?|此服务端没有响应，是否在运行？
again|It would accept it now: try again.|现在会接受，请再试一次。
selected|The server must select a subprotocol: beside a token name one it knows.|服务端须选中一个子协议，有令牌时请另填它支持的。
handshake|A proxy takes the handshake away.|途中的代理去掉了握手。
many|Wait, or close other connections.|请稍候，或关闭其他连接。
mixed|This page came over https: only wss:// is allowed.|本页面经 https 打开，只允许 wss://。
subprotocols|Do subprotocols and token have characters that are not allowed?|子协议或令牌含有不允许的字符吗？
silent|Is there WebSocket at {host}, or a firewall?|{host} 提供 WebSocket 吗？有防火墙拦截吗？
away|Is the server at {host} running, and the port right?|{host} 的服务端在运行吗？端口正确吗？
certificate|Is its certificate trusted? Open https://{host} to see.|它的证书受信任吗？可打开 https://{host} 查看。
plain|Does it speak TLS? If not, use ws://.|它使用 TLS 吗？若否，请用 ws://。
secure|Does it want TLS? Then use wss://.|它要求 TLS 吗？若是，请用 wss://。
origin|Does {host} let in {origin}?|{host} 允许来源 {origin} 吗？
path|Is the path right?|路径正确吗？
token|Does it want a token? Set it above.|需要令牌吗？请在上方设置。
size|Send less at once.|请减小单条消息。
policy|What was sent, or how often, breaks a rule.|所发的内容或频率违反了规则。
signature|Does it want signed messages? Set the key above.|它要求签名消息吗？请在上方设置密钥。
[live]
before|5 min ago|5 分钟前
now|now|现在
noTrips|From a message to its echo or reply|从消息到其回显或响应
empty|Sent goes up from the middle, received down|发送向上，接收向下
roundTrip|Round trip|往返时间
messages|Messages/s|消息/秒
bytes|Bytes/s|字节/秒
span|{state} for {seconds} s|{state}，{seconds} 秒
server|This server|本服务端
connections|Connections|连接数
rooms|Rooms|房间数
refusals|Refusals|拒绝次数
[stats]
hint|All endpoints, as {path} tells while this is open.|所有端点，数据来自 {path}。
none|This server publishes no statistics.|此服务端不公开统计。
wanted|{path} answers 401: it wants the token of push.|{path} 返回 401：需要推送接口的令牌。
wrong|{path} answers 401: that token is wrong.|{path} 返回 401：令牌错误。
forbidden|{path} answers 403: you may not see them.|{path} 返回 403：您无权查看。
missing|{path} answers 404: there are none.|{path} 返回 404：没有统计。
away|{path} does not answer now.|{path} 暂时没有响应。
token|Token of push|推送接口的令牌
show|Show|显示
[rooms]
name|Room|房间
join|Join|加入
leave|Leave|离开
say|Say|发言
messages|Messages of the room|房间消息
members|Members: {count}|成员：{count}
heading|Talk with everyone in a room.|与房间里的所有人交谈。
lesson|Whoever is in it reads you. Rooms are on endpoints that have room.join.|其中的人都能看到您的发言。房间位于有 room.join 的端点。
open|Open /rpc|打开 /rpc
refused|The server refuses: {message}|服务端拒绝：{message}
notOpen|The connection is not open.|连接尚未打开。
silent|The server has not answered for 10 seconds.|服务端 10 秒内没有响应。
member|{name}
you|{name} (you)|{name}（我）
[kept]
heading|Kept on this device|本设备上保存的内容
nothing|Nothing.|没有内容。
failed|Not kept: the storage of this browser is full or blocked.|未能保存：浏览器的存储已满或被禁用。
never|Messages go with the page. A token or key is kept only where you say so.|消息随页面清除；令牌和密钥只在您选择时保存。
forget|Forget all|全部清除
language|Language|语言
theme|Colours|配色
tabs|Open connections|打开的连接
addresses|Addresses|地址
saved|Saved messages|收藏的消息
tokens|Tokens|令牌
signingKeys|Signing keys|签名密钥
[help]
heading|Keyboard|键盘操作
history|Message before, after|上一条、下一条消息
connect|Connect or disconnect|连接或断开
message|Go to the message|转到消息
log|Go to the log|转到记录
view|Next view|下一个视图
closeTab|Close the connection|关闭连接
tab|Go to a connection|转到某个连接
help|This sheet|本说明
rows|Log: move|记录：移动
inspect|Log: open|记录：打开
pin|Log: pin|记录：置顶
copy|Log: copy|记录：复制
[room]
joined|{name} has joined|{name} 加入了房间
left|{name} has left|{name} 离开了房间
`;
