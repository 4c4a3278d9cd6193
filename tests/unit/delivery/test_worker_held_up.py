"""Discord asks for a pause: what is claimed already keeps it too."""

from bot.delivery.transport import Busy
from tests.unit.delivery.engine import MINUTE, SECOND, Engine


async def test_what_was_claimed_before_a_pause_is_put_back(engine: Engine) -> None:
    """Twenty are claimed and leave one by one; the first is told to wait."""
    engine.renew(per_second=50, burst=1, at_once=20)
    for number in range(20):
        await engine.remind(f"{number:032}", number + 1)
    engine.discord.always = Busy(60, everywhere=True)
    await engine.run(MINUTE)
    assert len(engine.discord.asked) == 1
    engine.discord.always = None
    await engine.run(59 * SECOND)
    assert len(engine.discord.asked) == 1
    await engine.run(5 * SECOND)
    assert len(engine.discord.messages) == 20
