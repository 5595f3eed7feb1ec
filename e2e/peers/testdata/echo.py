"""Talks to the echo with Python's websockets. usage: python3 echo.py URL [CERTIFICATE]

Ends with an error if anything is not as it should be.
"""

import asyncio
import ssl
import sys

import websockets

URL = sys.argv[1]
CERTIFICATE = sys.argv[2] if len(sys.argv) > 2 else ""
LIMIT = 64 * 1024


def connect(**options):
    if CERTIFICATE:
        options["ssl"] = ssl.create_default_context(cafile=CERTIFICATE)
    return websockets.connect(URL, **options)


async def closed_with(socket):
    """Returns the code and the reason with which the server closes."""
    try:
        while True:
            await socket.recv()
    except websockets.ConnectionClosed as closed:
        assert closed.rcvd is not None, "the connection broke without a close frame"
        return closed.rcvd.code, closed.rcvd.reason


async def messages_of_every_kind_and_size():
    async with connect() as socket:
        for data in ("hello word", "", "你好 🌍", "\0", "x" * LIMIT, b"", b"\xff\x00\xfe", b"\7" * LIMIT):
            await socket.send(data)
            echo = await socket.recv()
            assert type(echo) is type(data), f"{type(data)} came back as {type(echo)}"
            assert echo == data, f"{len(echo)} came back for {len(data)}"


async def a_message_in_fragments():
    async with connect() as socket:
        await socket.send(["hello", " ", "", "word"])
        assert await socket.recv() == "hello word"


async def a_ping_is_answered():
    async with connect() as socket:
        await asyncio.wait_for(await socket.ping(b"now"), 10)


async def one_byte_over_the_limit_closes_with_1009():
    async with connect() as socket:
        await socket.send(b"x" * (LIMIT + 1))
        code, reason = await closed_with(socket)
        assert code == 1009 and "65536" in reason, (code, reason)


async def a_code_of_the_application_is_answered_with_the_same():
    async with connect() as socket:
        await socket.close(4321, "bye")
        assert socket.close_code == 4321, socket.close_code


async def many_clients_at_once():
    async def converse(client):
        async with connect() as socket:
            for number in range(10):
                await socket.send(f"client {client}, message {number}")
                assert await socket.recv() == f"client {client}, message {number}"

    await asyncio.gather(*(converse(client) for client in range(50)))


CHECKS = [
    messages_of_every_kind_and_size,
    a_message_in_fragments,
    a_ping_is_answered,
    one_byte_over_the_limit_closes_with_1009,
    a_code_of_the_application_is_answered_with_the_same,
    many_clients_at_once,
]


async def main():
    for check in CHECKS:
        try:
            await asyncio.wait_for(check(), 30)
        except BaseException:
            print(f"failed: {check.__name__}", file=sys.stderr)
            raise


asyncio.run(main())
print(f"{len(CHECKS)} checks passed with websockets {websockets.__version__}")
