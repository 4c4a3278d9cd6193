# Every word of the interface that is not advice. One message a line; { $name } is filled in by the bot.
# How to translate: copy this folder, keep the ids and the names in braces. See docs/content-guide.md.

## Warning signs, on every card

stop-title = Stop here first. Any of these?
stop-not-sure = Not sure counts as yes.
stop-yes = Yes, or not sure
stop-all = All warning signs
stop-go-through = Go through all warning signs
signs-on-card-emergency = Call your emergency number now:
signs-on-card-urgent = Be seen today:
signs-on-card-clinician = See a doctor or physio within days:
signs-more = { $count ->
    [one] One more is under “All warning signs”.
   *[other] { $count } more are under “All warning signs”.
}
signs-title = { $area }: all warning signs
signs-emergency = Call your emergency number now
signs-urgent = Be seen today
signs-clinician = See a doctor or physio within days
signs-foot = A yes to one is enough. Not sure counts as yes. If you feel very unwell, get help, whatever the list says.

## "Yes, or not sure"

now-title = Then stop here and get seen
now-intro = Stop running. Not sure which group your sign is in? Take the first one here.
now-emergency = Your sign stands under “Call your emergency number now”, or you feel very unwell, or you are not sure:
now-urgent = Your sign stands under “Be seen today”:
now-clinician = Your sign stands under “See a doctor or physio within days”:
now-foot = A low pain score does not make a warning sign safe. Nor does a sign that came and went.

## The card for an area

card-often = Often it is one of these. More than one can be true.
card-gentle = Gentle things to start with
card-gentle-line = **{ $name }**: { $dose }
card-gentle-foot = Only if they do not hurt. How to do them, and more, is behind the green button. Read the red box first.
card-none-apply = None of these apply to me
card-check = Check my symptoms
card-run = Can I run?
card-avoid = What not to do
card-causes = Causes in full
card-sources = Sources
card-share = Share
card-screen-first = Headaches can mean many things. What it often is and what helps opens once you have been through every warning sign.
card-foot = General information, not a diagnosis. If it lasts, gets worse or worries you, see a doctor or physio. Reviewed { $reviewed }.
evidence-good = Good evidence
evidence-some = Some evidence
evidence-weak = Early or weak evidence
evidence-opinion = What coaches and physios say, not tested
evidence-by = { $evidence } · { $sources }
causes-title = { $area }: what is often behind it
causes-change = **Try:** { $change }
causes-foot = These are common patterns, not a diagnosis. More than one can be true.
cleared-title = { $area }: what you can do
cleared-intro = You said that no warning sign applies. If one turns up later, stop and get seen.
cleared-unseen = None of these either?
cleared-none-either = None of these either
cleared-running = Running with it
cleared-see-someone = When to see someone anyway
cleared-foot = Pain while you exercise: { $ceiling } of 10 at most, and no worse the next morning. Above that, do less or stop.
exercise-feel = *You should feel:* { $text }
exercise-easier = *Easier:* { $text }
exercise-harder = *Harder:* { $text }
avoid-title = { $area }: what not to do
avoid-foot = If doing one of these has already made it worse, ease off and look at the warning signs again.
sources-title = { $area }: who says so
sources-foot = Reviewed { $reviewed }. { $by }
source-head = { $authors } { $year }. { $title }.
source-grade = { $where } · { $grade }
grade-guideline = guideline
grade-review = review of studies
grade-trial = randomised trial
grade-cohort = people followed over time
grade-lab = laboratory or small study
grade-expert = expert opinion
grade-house = our own cautious choice
checked-read = we read its abstract or text
checked-second-hand = we read a summary of it
checked-not-yet = not yet checked by us
page = Page { $number } of { $pages }
page-back = Back
page-next = Next

## Dose

dose-reps = { $count } times
dose-seconds = { $count } seconds
dose-minutes = { $count } minutes
dose-sets = { $sets } × { $much }
dose-each-side = { $much } each side
dose-hold = { $much }, hold { $seconds } seconds
dose-per-day = { $count } a day
dose-per-week = { $count } days a week
dose-weeks = for { $count } weeks

## Sharing

share-nobody = There is nobody else in this chat to share it with. Try it in your club’s channel.
share-kept-private = Discord keeps my answers private in this place, so only you can see this. In a server that has added me, sharing works.

## Tips

tip-place = { $area } · { $moment }
moment-before = before a run
moment-during = during a run
moment-after = after a run
moment-desk = at the desk
moment-strength = strength
moment-sleep = sleep
moment-plan = planning the week
moment-everyday = every day
tip-another = Another tip
tip-area = { $area }: full advice
tip-area-one = A tip
tip-source = Source: { $sources }
tip-stop = Stop if it hurts more. Chest pain, fainting, or a limb that goes weak or numb: call your emergency number.

## Routines

routine-minutes = { $steps } steps, { $minutes } min
routine-line = { $name } · { $length }
routine-seconds = { $seconds } seconds
routine-each-side = { $seconds } seconds each side
routine-start = Start
routine-finish = Finish
routine-again = Start again
routine-other = { $name }, { $minutes } min
routine-place = Step { $number } of { $steps } · { $name }
routine-cue = **Think of:** { $text }
routine-stop = Stop at once if anything hurts, tingles or makes you dizzy. Chest pain, fainting, or a limb that goes weak or numb: call your emergency number.
routine-done = Done
routine-done-text = Nice work. If something hurts more than before you began, leave it out next time and look it up with /pain.

## The symptom check

check-where = Where does it hurt most?
check-where-choose = Choose a place
check-screen = Step { $number } of { $screens }
check-emergencies = Any of these, now or in the last days?
check-emergencies-foot = A sign that came and went still counts. Not sure counts as yes.
check-yes = Yes, or not sure about one
check-none = None of these
check-about = About you
check-age = How old are you?
check-about-choose = Is any of these true for you?
check-pain = How bad is the pain now?
check-pain-level = { $level ->
    [0] 0: no pain
    [10] 10: the worst you can imagine
   *[other] { $level }
}
check-none-of-these = None of these
check-unsure = Not sure about one
check-continue = Continue
check-private = Only you see this. Your answers are forgotten after half an hour.
check-urgent = Any of these?
check-clinician = The last questions
check-tick = Tick all that fit. If none does, choose “None of these”.
check-anywhere = Anywhere in your body
check-choose = Tick all that fit
check-choose-one = Choose one
check-clues = Does any of these fit? It helps to find the cause.
check-clues-choose = Tick what fits, or leave it empty
check-gone = I no longer have your answers: they are kept for half an hour, and not beyond a restart.
check-again = Start a new check
light-emergency = Red: get help now
light-urgent = Red: be seen today
light-clinician = Red: stop and see someone
light-modify = Amber: ease off
light-continue = Green: carry on, and watch it
result-because = Because you said
result-emergency-because = You said yes, or not sure, to a sign that cannot wait.
result-plan = What to do
result-often = Often it is one of these
result-bone = A bone could be the cause. Do not run on it at all, not even with little pain, until it has been checked.
result-net = If it gets worse:
result-exercises = Exercises
result-foot = General information, not a diagnosis. Content { $content }

## Can I run?

run-where = You want to run. Where does it hurt?
run-last-run = Your last run with it
run-during = How much did it hurt while you ran?
run-not-run = I have not run since it hurts
run-today = Today
run-no = Can you run? No, not now.
run-because = Why
run-see-someone = This keeps coming back. See a doctor or physio within days.
run-limit = The limit on a run, for this place: { $ceiling } out of 10.
run-ladder = The way back to running
run-ask = Can I run today?
ladder-title = The way back to running
ladder-before = Before you begin
ladder-steps = Seven steps
ladder-step = { $number }. Run { $run }, walk { $walk }. Do this { $times } times.
ladder-last = { $number }. Run { $run }, easy, without a walk.
ladder-rules = From step to step
ladder-foot = General information, not a diagnosis. If a doctor or physio gave you a plan, theirs comes first.

## Words that cannot wait

alarm-foot = Not what you meant? Type /pain and pick the place from the list. But if in doubt, get help first.
alarm-choice = This may not wait: press Enter for what to do now

## When I do not know

unknown-title = I do not know “{ $text }”
unknown-empty = Where does it hurt?
unknown-text = So I will not guess. I know: { $areas }.

## Help and about

help-title = What I can do
help-text = Tell me where it hurts, and I say when to get help, what it often is, and what you can do. I know: { $areas }.
help-pain = **/pain** Advice for a place that hurts. Use your own words: “itb”, “sit bone ache”.
help-triage = **/triage** Check your symptoms step by step.
help-canirun = **/canirun** Red, amber or green for today’s run.
help-tip = **/tip** One small thing to do.
help-stretch = **/stretch** A short routine, step by step.
help-about = **/about** How far to trust me, and which version I am.
help-try = Only you see my answers, unless you press Share. Where does it hurt?
about-title = About Limber
about-text = I am a bot for running clubs. I give general information about aches from running, and say when to get help.
about-trust-title = How far to trust me
about-trust-1 = I am not a doctor or a physio, and I cannot examine you. What your own clinician says comes first.
about-trust-2 = Every piece of advice names its source and how strong it is. Press Sources on a card.
about-trust-3 = A clinician has not yet signed off this content.
about-trust-4 = I store nothing about you. I only remember which tips you saw last, until I restart, and the answers of a symptom check, for half an hour.
about-content = I know { $areas } places, { $exercises } exercises and { $tips } tips, from { $sources } sources.
about-versions = Limber { $bot } · content { $content }

## When something goes wrong

error-out-of-date = That button is out of date. Start again here:
error-form-out-of-date = That form is out of date, so nothing was saved. Start again here:
error-fresh-start = Start again
error-no-tip = I have no tip for that moment yet. Leave the moment out, or pick another one.
error-unexpected = Something went wrong on my side. Please try again. If it stays, tell whoever runs this bot the code { $code }.

## Commands, as Discord lists them (100 characters at most)

command-pain = Where does it hurt? When to get help, what it often is, what to do
command-pain-area = Your own words are fine: hip, itb, sit bone ache
command-triage = Check your symptoms step by step: what cannot wait comes first
command-triage-area = Where does it hurt? Leave it out to choose from a list
command-canirun = Can I run today? Warning signs first, then red, amber or green
command-canirun-area = Where does it hurt? Leave it out to choose from a list
command-tip = One small thing to do, never the one you saw last
command-tip-area = For which place? Leave it out for any
command-tip-moment = For when? Leave it out for any
command-stretch = A short gentle routine, step by step
command-stretch-area = For which place? Leave it out for the whole body
command-stretch-minutes = About how many minutes do you have?
command-help = What I can do
command-about = How far to trust me, and which version I am
