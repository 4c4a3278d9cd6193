"""The drawing of a scene: two panels side by side, start and movement, as one SVG."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.figures.arrows import arrows
from bot.figures.body import EACH_TOE, SIDES, Skeleton
from bot.figures.camera import PANEL, WIDTH, Camera, fitted
from bot.figures.muscles import regions
from bot.figures.pose import Pose
from bot.figures.props import Solid, solids
from bot.figures.scene import FOCUS, Scene
from bot.figures.svg import Point, arrow, hull, number, path
from bot.figures.theme import Theme
from bot.figures.vectors import Vec, middle

ASIDE: Final = 0.48  # cosine, from which on one of two legs is the far one
FORESHORTENED: Final = 0.5  # cosine, from which on a thigh points to who looks
BENT: Final = 0.8  # cosine, up to which a shin goes another way than its thigh
PARTS: Final = {
    "leg": (
        ("hip", "knee"),
        ("knee", "calf"),
        ("calf", "ankle"),
        ("ankle", "heel", "ball"),
        ("ball", "toe"),
        *(("ball", toe) for toe in EACH_TOE),
    ),
    "arm": (("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "hand")),
    "trunk": (
        ("hip_left", "hip_right", "waist_left", "waist_right"),
        ("waist_left", "waist_right", "rib_left", "rib_right"),
        ("rib_left", "rib_right", "shoulder_left", "shoulder_right"),
        ("shoulder_left", "nape"),
        ("shoulder_right", "nape"),
        ("nape", "neck"),
    ),
    "hair": (("hair",),),
    "eye": (("eye",),),
    "head": (("head", "jaw"), ("nose",)),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One part of the body, or one piece of a prop, as outlines of which those of a piece are filled together."""

    name: str
    depth: float
    pieces: tuple[tuple[list[Point], ...], ...]  # each with its own edge, the hindmost first
    far: bool = False  # a limb on the far side of the trunk

    @property
    def outlines(self) -> tuple[list[Point], ...]:
        return tuple(outline for piece in self.pieces for outline in piece)


def drawn(scene: Scene, look: Theme) -> str:
    """The SVG of both poses."""
    first = scene.pose_at(0)
    second = scene.pose_at(1, first)
    camera, height = fitted(scene, first, second)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}">',
        f'<defs><pattern id="h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="{look["tint"]}"/><rect width="2.4" height="7" fill="{look["tint_line"]}"/>'
        f"</pattern>"
        f'<clipPath id="p"><rect width="{PANEL}" height="{height:.0f}" rx="18"/></clipPath></defs>',
    ]
    for which, pose in ((1, first), (2, second)):
        shift = (which - 1) * (WIDTH - PANEL)
        drawing = _Panel(scene, camera, look, height, f"{which}")
        inside = drawing.body_of(pose, first, second if which == 2 else None)
        parts.append(f'<g transform="translate({shift} 0)" clip-path="url(#p)">{inside}')
        parts.append(f"{number((22, 22), which, look['number'], look['badge'])}</g>")
    return "".join((*parts, "</svg>"))


class _Panel:
    def __init__(self, scene: Scene, camera: Camera, look: Theme, height: float, name: str) -> None:
        self._scene, self._camera, self._look, self._height, self._name = scene, camera, look, height, name

    def body_of(self, pose: Pose, first: Pose, moved: Pose | None) -> str:
        """Everything in the panel; `moved` is there in the second one, which shows where the first was."""
        behind, before = self._props(pose, first)
        layers = sorted((*behind, *self._person(pose.body)), key=lambda layer: layer.depth)
        shapes = [self._room()]
        if moved:
            outlines = [outline for layer in self._person(first.body) for outline in layer.outlines]
            shapes.append(f'<path fill="{self._look["ghost"]}" d="{"".join(map(path, outlines))}"/>')
        regions_of = self._muscles(pose.body)
        painted: set[str] = set()
        for layer in layers:
            shapes.append(self._painted(layer))
            painted.add(layer.name)
            shapes += [drawing for parts, drawing in regions_of if layer.name in parts and parts <= painted]
        shapes += [self._painted(layer) for layer in before]
        if moved:
            shapes += self._arrows(first, moved)
        return "".join(shapes)

    def _room(self) -> str:
        edge = self._camera.point(Vec(0, 0, 0).plus(self._camera.toward, 0))[1]
        far = min(self._camera.point(Vec(x, y, 0))[1] for x in (-0.4, 0.4) for y in (-0.4, 0.4))
        edge = min(edge, far) if self._scene.above else edge
        look = self._look
        return (
            f'<rect width="{PANEL}" height="{self._height:.0f}" fill="{look["panel"]}"/>'
            f'<rect y="{edge:.1f}" width="{PANEL}" height="{self._height:.0f}" fill="{look["floor"]}"/>'
        )

    def _person(self, body: Skeleton) -> Iterator[Layer]:
        trunk = middle(body.at[name] for name in ("pelvis", "spine", "nape")).dot(self._camera.toward)
        for side in SIDES:
            for limb, joints in (("leg", ("knee", "ankle")), ("arm", ("elbow", "wrist"))):
                depth = middle(body.at[f"{joint}_{side}"] for joint in joints).dot(self._camera.toward)
                hips = body.at[f"{'hip' if limb == 'leg' else 'shoulder'}_{side}"].dot(self._camera.toward)
                depth = max(depth, hips) if hips > trunk + 0.02 else min(depth, hips) if hips < trunk - 0.02 else depth
                far = self._turned_away(side, body) if limb == "leg" else depth < trunk - 0.04
                yield self._layer(f"{limb}_{side}", body, depth, side, far=far)
        yield self._layer("trunk", body, trunk)
        yield from self._head(body, trunk)

    def _turned_away(self, side: str, body: Skeleton) -> bool:
        """Whether the pelvis shows its other side."""
        other = body.at["hip_right" if side == "left" else "hip_left"]
        return other.minus(body.at[f"hip_{side}"]).unit().dot(self._camera.toward) > ASIDE

    def _head(self, body: Skeleton, trunk: float) -> Iterator[Layer]:
        """Hair lies over a head seen from the side or from behind, and behind a face."""
        depth = max(body.at["head"].dot(self._camera.toward), trunk) + 0.02
        facing = body.frames["head"].forward.dot(self._camera.toward)
        yield self._layer("head", body, depth)
        yield self._layer("hair", body, depth + (-0.01 if facing > 0.4 else 0.01))
        for side in SIDES:
            if body.at[f"eye_{side}"].minus(body.at["head"]).unit().dot(self._camera.toward) > 0.2:
                yield self._layer(f"eye_{side}", body, depth + 0.02, side)

    def _layer(self, name: str, body: Skeleton, depth: float, side: str = "", *, far: bool = False) -> Layer:
        outlines = self._outlines(name, body)
        pieces: tuple[tuple[list[Point], ...], ...] = (outlines,)
        if name.startswith("leg") and (thigh := self._thigh_ahead(side, body)):
            pieces = (outlines[1:], outlines[:1]) if thigh > 0 else (outlines[:1], outlines[1:])
        return Layer(name, depth, pieces, far)

    def _outlines(self, name: str, body: Skeleton) -> tuple[list[Point], ...]:
        part, _, side = name.partition("_")
        groups = ([f"{one}_{side}" if side else one for one in group] for group in PARTS[part])
        return tuple(hull([self._camera.disc(body.at[one], body.radius(one)) for one in group]) for group in groups)

    def _thigh_ahead(self, side: str, body: Skeleton) -> float:
        """How far a bent thigh points to who looks, so that it covers its shin; below 0 away, 0 for neither."""
        wanted = FOCUS[self._scene.focus]
        if wanted and "ankle" not in wanted:
            return 0
        thigh, shin = body.frames[f"thigh_{side}"].up, body.frames[f"shin_{side}"].up
        ahead = -thigh.dot(self._camera.toward)
        return ahead if abs(ahead) > FORESHORTENED and thigh.dot(shin) < BENT else 0

    def _painted(self, layer: Layer) -> str:
        fill = self._colour(layer)
        shapes = ["".join(map(path, piece)) for piece in layer.pieces]
        if layer.name.startswith(("hair", "eye")):
            return f'<path fill="{fill}" d="{shapes[0]}"/>'
        return "".join(
            f'<path fill="none" stroke="{self._look["panel"]}" stroke-width="5" stroke-linejoin="round" d="{shape}"/>'
            f'<path fill="{fill}" d="{shape}"/>'
            for shape in shapes
        )

    def _colour(self, layer: Layer) -> str:
        look = self._look
        part = layer.name.partition("_")[0]
        return look["far" if layer.far else "near"] if part in ("leg", "arm") else look[part]

    def _props(self, pose: Pose, first: Pose) -> tuple[list[Layer], list[Layer]]:
        behind: list[Layer] = []
        before: list[Layer] = []
        for solid in solids(self._scene.props, first.body, pose.body, self._scene.setting.height):
            (before if solid.in_front else behind).append(self._piece(solid))
        return behind, before

    def _piece(self, solid: Solid) -> Layer:
        depth = middle(at for at, _ in solid.balls).dot(self._camera.toward)
        outline = hull([self._camera.disc(at, radius) for at, radius in solid.balls])
        return Layer(solid.material, depth - 0.5, ((outline,),))

    def _muscles(self, body: Skeleton) -> list[tuple[frozenset[str], str]]:
        """Each region's drawing, with the parts it lies over."""
        muscles = []
        for at, (parts, balls, facing) in enumerate(regions(body, self._scene.muscles)):
            if facing.length and facing.unit().dot(self._camera.toward) < -0.75:
                continue
            clip = "".join(path(outline) for part in sorted(parts) for outline in self._outlines(part, body))
            region = path(hull([self._camera.disc(*ball) for ball in balls]))
            name = f"c{self._name}{at}"
            muscles.append(
                (
                    parts,
                    f'<clipPath id="{name}"><path d="{clip}"/></clipPath><path clip-path="url(#{name})" '
                    f'fill="url(#h)" stroke="{self._look["tint_line"]}" stroke-width="3" d="{region}"/>',
                )
            )
        return muscles

    def _arrows(self, first: Pose, moved: Pose) -> list[str]:
        look = self._look
        lines = arrows(self._scene, self._camera, first, moved)
        return [arrow(line, look["ink"], look["panel"], both=both) for line, both in lines]
