"""Print the seconds from `make run` on a set-up tree to the first page, compared with bare Django.

Goal: at most 15 s. The first run starts from an empty database (it migrates and loads the demo
edition); the second is a restart.
"""

from benchmarks.options import parser
from benchmarks.servers import bare_folder, free_port, gunicorn, serving


def main() -> None:
    parser(__doc__).parse_args()
    with bare_folder() as (_, env):
        port = free_port()
        with serving(*gunicorn("bare:application", port), port=port, path="/", env=env) as (
            _,
            bare,
        ):
            pass
        print(f"bare Django       {bare:5.1f} s")
        for what in ("an empty paper", "a restart"):
            port = free_port()
            command = ("bin/run", "--port", str(port))
            with serving(*command, port=port, path="/", env=env) as (_, seconds):
                pass
            verdict = "met" if seconds <= 15 else "MISSED"
            print(f"{what:16}  {seconds:5.1f} s, {seconds / bare:.1f} x bare; goal 15 s: {verdict}")


if __name__ == "__main__":
    main()
