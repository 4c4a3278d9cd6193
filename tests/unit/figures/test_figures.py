"""Figures: a body of joint angles that stands where it should, and the faults that are found in one."""

import math
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pydantic import ValidationError

from bot.advice.checks.slow import misdrawn
from bot.advice.library import Library
from bot.advice.model import Figure
from bot.figures.arrows import arrows
from bot.figures.body import FOREARM, SHIN, THIGH, UPPER_ARM
from bot.figures.camera import TALLEST, fitted
from bot.figures.drawing import drawn
from bot.figures.faults import faults
from bot.figures.theme import DARK, LIGHT
from bot.settings import CONTENT


def figure(**keys: object) -> Figure:
    return Figure.model_validate({"id": "squat", "base": "standing", **keys})


def found(**keys: object) -> list[str]:
    """What is wrong with a figure."""
    drawing = figure(**keys)
    return [what for what, _ in faults(drawing.scene, still=drawing.still)]


@pytest.mark.parametrize(
    ("angles", "part", "way"),
    [
        ({"hip_right": 60}, "knee_right", (1, 0, 1)),  # forwards and up
        ({"hip_out_left": 40}, "knee_left", (0, 1, 1)),  # to its own side, and up
        ({"hip_out_right": 40}, "knee_right", (0, -1, 1)),
        ({"knee_right": 90}, "ankle_right", (-1, 0, 1)),  # behind
        ({"shoulder_left": 90}, "hand_left", (1, 0, 1)),
        ({"elbow_left": 90}, "hand_left", (1, 0, 1)),
        ({"neck_side": 30}, "head", (0, -1, -1)),  # to the right
        ({"neck": 30}, "head", (1, 0, -1)),
        ({"hip_turn_right": 45}, "toe_right", (-1, -1, 0)),  # outwards
        ({"foot_in_right": 30}, "toe_right", (0, 1, 0)),  # the toes go where the sole turns
        ({"toes_apart_right": 15}, "toe1_right", (0, 1, 0)),
        ({"toes_apart_right": 15}, "toe5_right", (0, -1, 0)),
    ],
)
def test_an_angle_above_zero_moves_a_part_the_way_the_guide_says(
    angles: dict[str, float], part: str, way: tuple[int, int, int]
) -> None:
    scene = figure(move=angles, anchor="foot_left" if "right" in part else "foot_right").scene
    first = scene.pose_at(0)
    second = scene.pose_at(1, first)

    moved = second.body.at[part].minus(first.body.at[part])
    assert [math.copysign(1, step) for step, wanted in zip(moved, way, strict=True) if wanted] == [w for w in way if w]


def test_limbs_stay_attached_and_as_long_as_they_are_in_every_figure(library: Library) -> None:
    for drawing in library.figures.values():
        first = drawing.scene.pose_at(0)
        for pose in (first, drawing.scene.pose_at(1, first)):
            at = pose.body.at
            for side in ("left", "right"):
                for one, two, long in (
                    ("hip", "knee", THIGH),
                    ("knee", "ankle", SHIN),
                    ("shoulder", "elbow", UPPER_ARM),
                    ("elbow", "wrist", FOREARM),
                ):
                    apart = at[f"{one}_{side}"].minus(at[f"{two}_{side}"]).length
                    assert apart == pytest.approx(long, abs=1e-6), (drawing.id, one, side)


def test_every_figure_is_one_svg_of_its_width_in_both_themes_and_what_is_tinted_can_be_seen(library: Library) -> None:
    for drawing in library.figures.values():
        for look in (LIGHT, DARK):
            svg = drawn(drawing.scene, look)
            picture = ET.fromstring(svg)  # noqa: S314  # our own
            assert picture.get("width") == "680"
            assert 200 <= int(picture.get("height") or 0) <= TALLEST, drawing.id
            assert not drawing.muscles or "url(#h)" in svg, drawing.id


def test_an_arrow_goes_one_way_as_the_part_does(library: Library) -> None:
    scene = library.figures["seated_knee_open"].scene  # hip_out begins at 0, not where the hip begins
    first = scene.pose_at(0)
    [(line, _), _] = arrows(scene, fitted(scene, first, scene.pose_at(1, first))[0], first, scene.pose_at(1, first))

    across = [x for x, _ in line]
    assert across == sorted(across)


def test_an_arrow_beyond_the_close_up_makes_it_wider() -> None:
    rolling = {"base": "lying_back", "above": 50, "focus": "lower", "start": {"hip": 6}, "move": {"hip_turn": 42}}

    assert found(**rolling, arrows=["toe_left both", "toe_right both"]) == []


def test_a_foot_that_is_led_keeps_its_toes_lifted() -> None:
    scene = figure(base="sitting", start={"toes_right": 60}, reach={"foot_right": "knee_left"}).scene

    body = scene.pose_at(0).body
    lifted = body.at["toe_right"].minus(body.at["ball_right"]).dot(body.frames["foot_right"].up)
    assert lifted > 0.04


def test_both_feet_of_a_step_stand_on_the_floor_and_a_longer_step_bends_no_knee_the_wrong_way() -> None:
    for step in (10, 20, 30):
        body = figure(start={"hip_left": step, "hip_right": -step}).scene.pose_at(0).body
        for side in ("left", "right"):
            assert body.lowest((f"heel_{side}", f"ball_{side}", f"toe_{side}")) == pytest.approx(0, abs=0.003)
            assert body.at[f"knee_{side}"].minus(body.at[f"ankle_{side}"]).dot(body.frames[f"thigh_{side}"].up) > 0


def test_a_foot_that_slides_stays_on_the_floor_however_its_leg_bends() -> None:
    scene = figure(base="sitting", reach={"foot_right": "floor"}, move={"knee_right": 50, "ankle_right": -20}).scene
    first = scene.pose_at(0)

    for share in (0, 0.5, 1):
        body = scene.pose_at(share, first).body
        assert body.lowest(("heel_right", "ball_right", "toe_right")) == pytest.approx(0, abs=1e-3)


def test_a_lying_foot_may_hang_free_where_its_calf_lies_on_a_pillow() -> None:
    raised = {"base": "lying_back", "start": {"hip": 6}, "still": True}

    assert found(**raised, props={"pillow": ["calf_left", "calf_right"]}) == []


def test_a_knee_that_comes_towards_who_looks_has_an_edge_of_its_own() -> None:
    def edges(view: str) -> int:
        lifted = figure(view=view, anchor="foot_left", move={"hip_right": 70, "knee_right": 80})
        return drawn(lifted.scene, LIGHT).count('stroke-linejoin="round"')

    assert edges("front") == edges("side") + 1


def test_a_band_tied_to_no_wall_has_a_post() -> None:
    def pieces(wall: float) -> int:
        band = {"wall": wall, "band": ["hand_right", (0.6, 1.2)]}
        return drawn(figure(props=band, still=True).scene, LIGHT).count(LIGHT["wood"])

    assert pieces(0.6) == 0
    assert pieces(0.9) == 2


def test_a_heel_raise_stands_on_its_toes() -> None:
    scene = figure(move={"ankle": -38, "toes": 38}).scene
    first = scene.pose_at(0)
    second = scene.pose_at(1, first)

    assert second.body.at["heel_right"].z > first.body.at["heel_right"].z + 0.05
    assert second.body.lowest(("ball_right", "toe_right")) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({}, "the two poses look alike"),
        ({"move": {"hip": 1}}, "the two poses look alike"),
        ({"reach": {"hands": "wall"}, "props": {"wall": 1.5}, "still": True}, "hand_left is"),
        ({"anchor": "pelvis", "still": True}, "below the floor"),
        ({"props": {"wall": 0.02}, "still": True}, "inside the wall"),
        ({"props": {"wall": 0.9}, "still": True}, "nothing touches the wall"),
        ({"props": {"stool": 0.9}, "still": True}, "nothing touches the stool"),
        ({"anchor": "foot_left", "start": {"ankle_right": 24}, "move": {"hip_right": 20}}, "foot_right hovers"),
        ({"base": "lying_back", "start": {"hip": 6}, "still": True}, "foot_left hovers"),
        ({"base": "sitting", "start": {"ankle_right": -30}, "still": True}, "toe_right is 8 cm below the floor"),
        ({"move": {"shoulder_right": 90}, "arrows": ["toe_left"]}, "has no length"),
    ],
)
def test_what_is_wrong_with_a_figure_is_said(keys: dict[str, object], what: str) -> None:
    assert any(what in said for said in found(**keys))


def test_a_figure_that_is_right_has_no_fault() -> None:
    assert found(move={"shoulder_right": 90}, arrows=["hand_right"]) == []
    assert found(still=True) == []


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({"start": {"knee": 200}}, "`knee` cannot be 200; give -5 to 150"),
        ({"start": {"tail": 10}}, "there is no joint `tail`"),
        ({"base": "flying"}, "there is no base `flying`"),
        ({"muscles": ["wing"]}, "there is no muscle `wing`"),
        ({"arrows": ["knee_left sideways"]}, "is no arrow"),
        ({"reach": {"hands": "moon"}}, "nothing reaches like `hands: moon`"),
        ({"props": {"piano": True}}, "there is no props `piano`"),
    ],
)
def test_what_no_body_can_do_is_refused_by_name(keys: dict[str, object], what: str) -> None:
    with pytest.raises(ValidationError, match=what.replace("(", r"\(").replace("-", r"\-")):
        figure(**keys)


def test_the_check_names_an_exercise_without_a_figure_and_a_figure_that_sinks(tmp_path: Path) -> None:
    for kind in ("exercises", "figures"):
        shutil.copytree(CONTENT / "en" / kind, tmp_path / kind)
    hip = tmp_path / "figures" / "hip.yaml"
    text = hip.read_text("utf-8")
    hip.write_text(
        text.replace("id: clamshell\n", "id: bridge\n").replace("anchor: shoulders", "anchor: pelvis", 1), "utf-8"
    )

    said = [str(problem) for problem in misdrawn(tmp_path)]

    assert any("`clamshell` has no figure; draw one in figures/hip.yaml" in line for line in said)
    assert any(line.startswith(f"{hip}:") and "below the floor" in line for line in said)
