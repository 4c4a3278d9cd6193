"""The models of the content files: what an author may write, and how long each piece may be.

Lengths are in characters. The JSON Schemas that editors use are generated from these classes (`limber schema`).
"""

from collections.abc import Mapping

from bot.advice.model.area import Area, Avoid, CanRun, Cause, Clue, Evidence, ExerciseRef, Note
from bot.advice.model.base import Model
from bot.advice.model.everyday import Bystander, BystanderFirst, EverydayFile, EverydayPage, Worry
from bot.advice.model.exercise import (
    Demand,
    Dose,
    Exercise,
    ExerciseFile,
    ExerciseKind,
    Range,
    Routine,
    RoutineFile,
    RoutineKind,
    RoutineMoment,
    Step,
)
from bot.advice.model.figure import Figure, FigureFile
from bot.advice.model.running import Ladder, Light, LightGuidance, RunAnswer, RunningFile, RunQuestion
from bot.advice.model.sign import (
    Choice,
    Concern,
    Escalation,
    General,
    Group,
    Guidance,
    GuidanceFile,
    Pattern,
    Question,
    RedFlag,
)
from bot.advice.model.tip import Checked, Grade, Source, SourceFile, Tip, TipFile, TipMoment
from bot.advice.model.triage import AgeBand, Contradiction, PainStep, PersonalRisk, TriageFile, all_questions
from bot.advice.model.word import (
    BUCKETS,
    AgeCues,
    Alarm,
    AlarmFile,
    Context,
    CrisisCues,
    ExperiencerCues,
    HypotheticalCues,
    NegationCues,
    Spelling,
    TrainedClassifier,
    Vocabulary,
    Weights,
)

#: Which model reads which file, by the name of its folder or, in the language folder itself, of the file.
FILES: Mapping[str, type[Model]] = {
    "general": General,
    "guidance": GuidanceFile,
    "alarms": AlarmFile,
    "sources": SourceFile,
    "search": Vocabulary,
    "context": Context,
    "triage": TriageFile,
    "running": RunningFile,
    "everyday": EverydayFile,
    "bystander": Bystander,
    "classifier": TrainedClassifier,
    "areas": Area,
    "exercises": ExerciseFile,
    "figures": FigureFile,
    "tips": TipFile,
    "routines": RoutineFile,
}
