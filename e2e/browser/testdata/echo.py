"""An echo with Python's websockets. Prints its address."""
import asyncio

import websockets


async def echo(connection, *_):
    async for message in connection:
        if message == "close me":
            await connection.close(4321, "as you wish")
            return
        await connection.send(message)


async def main():
    async with websockets.serve(echo, "127.0.0.1", 0) as server:
        host, port = next(iter(server.sockets)).getsockname()[:2]
        print(f"{host}:{port}", flush=True)
        await asyncio.Future()


asyncio.run(main())
