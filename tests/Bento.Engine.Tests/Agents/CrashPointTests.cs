using Bento.Agents;
using Bento.Agents.Attempts;
using Bento.Agents.Journal;
using Bento.Engine.Tests.Publishing;
using Bento.Protocol;
using CsCheck;

namespace Bento.Engine.Tests.Agents;

/// <summary>
/// An attempt that is killed, or loses its power, at any point and any number of times, on a machine of three facts: what runs, what boots,
/// and the journal.
/// </summary>
public sealed class CrashPointTests
{
    private static readonly StorePath Old = SomeRelease.System("old");
    private static readonly StorePath New = SomeRelease.System("new");

    [Fact]
    public void FA1_from_every_crash_point_an_attempt_ends_with_the_old_system_running_or_the_new_one_confirmed() =>
        Gen.Select(Gen.Enum<Fault>(), Gen.Int[0, 5]).Array[0, 60].Sample(
            steps =>
            {
                var machine = new Machine();
                foreach (var (fault, choice) in steps)
                {
                    machine.Step(fault, choice);
                }

                machine.Finish();
                return machine.IsSound;
            },
            iter: 5000,
            print: steps => string.Join(' ', steps.Select(step => $"{step.Item1}:{step.Item2}")));

    private enum Fault
    {
        None,
        KilledBefore,
        KilledHalfway,
        KilledAfter,
        PowerCutHalfway,
        PowerCutAfter,
    }

    private sealed class Machine
    {
        private JournalAttempt _journal = new(SomeRelease.Of(), 1, DateTimeOffset.UnixEpoch, AttemptPhase.Fetching) { BootId = "0" };
        private StorePath _running = Old;
        private StorePath _profile = Old;
        private int _boots;

        /// <summary>
        /// Only a person is left when putting the old system back failed three times; the machine then runs one of the two all the same.
        /// </summary>
        public bool IsSound => _journal.Outcome switch
        {
            AttemptOutcome.Succeeded or AttemptOutcome.Degraded => (_running, _profile) == (New, New),
            AttemptOutcome.RebootNeeded => _profile == New,
            AttemptOutcome.NeedsHuman => true,
            _ => (_running, _profile) == (Old, Old),
        };

        public void Step(Fault fault, int choice)
        {
            if (_journal.Phase == AttemptPhase.Finished)
            {
                return;
            }

            // Every step may be one of another process: nothing but the journal is remembered.
            var attempt = AttemptStateMachine.Resume(_journal, $"{_boots}");
            if (fault == Fault.KilledBefore)
            {
                return;
            }

            var happened = Do(attempt, choice, isHalf: fault is Fault.KilledHalfway or Fault.PowerCutHalfway);
            _journal = fault == Fault.None ? AttemptStateMachine.Next(attempt, happened) : attempt;
            if (fault is Fault.PowerCutHalfway or Fault.PowerCutAfter)
            {
                _running = _profile;
                _boots++;
            }
        }

        public void Finish()
        {
            for (var step = 0; step < 20; step++)
            {
                Step(Fault.None, 0);
            }

            Assert.Equal(AttemptPhase.Finished, _journal.Phase);
        }

        private AttemptEvent Do(JournalAttempt attempt, int choice, bool isHalf) => attempt.Phase switch
        {
            AttemptPhase.Fetching =>
                choice == 5 ? new AttemptEvent.Failed(AttemptOutcome.FetchFailed, "x", true) : new AttemptEvent.Fetched(),
            AttemptPhase.Building =>
                choice == 5 ? new AttemptEvent.Failed(AttemptOutcome.BuildFailed, "x", false) : new AttemptEvent.Built(New),
            AttemptPhase.Ready => choice == 5 ? new AttemptEvent.Unreachable("x") : new AttemptEvent.Reachable(_running),
            AttemptPhase.Activating => Activate(choice, isHalf),
            AttemptPhase.Confirming => choice > 2 ? new AttemptEvent.Unconfirmed("x") : new AttemptEvent.Confirmed(),
            _ => RollBack(attempt.Previous!.Value, choice, isHalf),
        };

        private AttemptEvent Activate(int choice, bool isHalf)
        {
            _profile = New;
            if (choice == 4)
            {
                return new AttemptEvent.Staged(["dbus"]);
            }

            _running = isHalf ? _running : New;
            return choice switch
            {
                1 => Switched(ActivationVerdict.Degraded),
                2 => Switched(ActivationVerdict.Failed),
                3 => new AttemptEvent.NotSwitched("x"),
                _ => Switched(ActivationVerdict.Done),
            };
        }

        private AttemptEvent RollBack(StorePath previous, int choice, bool isHalf)
        {
            Assert.Equal(Old, previous);
            _profile = choice == 5 ? _profile : previous;
            _running = isHalf || choice == 5 ? _running : previous;
            return choice == 5 ? new AttemptEvent.NotRolledBack("x") : new AttemptEvent.RolledBack([]);
        }

        private static AttemptEvent.Switched Switched(ActivationVerdict verdict) => new(new Activation
        {
            Verdict = verdict,
            ExitCode = (int)verdict,
            FailedUnits = [],
        });
    }
}
