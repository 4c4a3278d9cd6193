"""`limber`, and `python -m bot`: loads all there is without the collector, which would walk it again and again."""

import gc

from bot.collector import collector_paused

with collector_paused():
    from bot.cli import main

    gc.freeze()  # modules stay for good

if __name__ == "__main__":
    main()
