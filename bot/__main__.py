"""`limber`, and `python -m bot`: loads all there is without the collector, which would walk it again and again."""

import gc
import sys

from bot.collector import collector_paused

with collector_paused():
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # "not installed": structlog would load it, unused
    import structlog  # noqa: F401

    if sys.modules["rich"] is None:
        del sys.modules["rich"]
    from bot.cli import main

    gc.freeze()  # modules stay for good

if __name__ == "__main__":
    main()
