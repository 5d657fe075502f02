using Bento.Agents;
using Bento.Building;
using Bento.Hosts;
using Bento.Publishing;
using Bento.Rollouts;
using Bento.Status;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Abstractions.Tests;

public sealed class FailureTests
{
    public static TheoryData<BentoException, FailureKind> Thrown => new()
    {
        { new TransportException(TransportFailure.Unreachable, "x"), FailureKind.Unreachable },
        { new TransportException(TransportFailure.Stalled, "x"), FailureKind.Unreachable },
        { new TransportException(TransportFailure.HostKeyMismatch, "x"), FailureKind.HostKeyMismatch },
        { new TransportException(TransportFailure.LoginRefused, "x"), FailureKind.LoginRefused },
        { new TransportException(TransportFailure.Denied, "x"), FailureKind.Denied },
        { new TransportException(TransportFailure.NoSpace, "x"), FailureKind.NoSpace },
        { new TransportException(TransportFailure.TooLarge, "x"), FailureKind.Damaged },
        { new TransportException(TransportFailure.Foreign, "x"), FailureKind.Damaged },
        { new TransportException(TransportFailure.Other, "x"), FailureKind.Other },
        { new PublishLockedException("x"), FailureKind.Locked },
        { new PlanOutdatedException([]), FailureKind.Outdated },
        { new InvalidFleetException([new FleetProblem("x", "x")]), FailureKind.Configuration },
        { new NixException("x"), FailureKind.Nix },
        { new NixException("x", isTransient: true), FailureKind.Nix },
        { new SigningException("x"), FailureKind.Signing },
        { new StatusStoreException("x"), FailureKind.Store },
        { new StatusStoreException("x") { Kind = FailureKind.Unreachable }, FailureKind.Unreachable },
        { new RolloutException("x"), FailureKind.Held },
        { new AgentException("x"), FailureKind.Machine },
        { new ActivationException("x"), FailureKind.Machine },
    };

    [Theory]
    [MemberData(nameof(Thrown))]
    public void What_is_thrown_says_its_kind(BentoException exception, FailureKind kind)
    {
        var failure = Failure.Of(exception);

        Assert.Equal(
            (kind, exception.Message, exception.NextStep, exception.IsTransient),
            (failure.Kind, $"{failure}", failure.NextStep, failure.IsTransient));
    }

    [Theory]
    [InlineData(BuildFailureKind.Evaluation, FailureKind.Evaluation, false)]
    [InlineData(BuildFailureKind.Unlocked, FailureKind.Evaluation, false)]
    [InlineData(BuildFailureKind.Build, FailureKind.Build, false)]
    [InlineData(BuildFailureKind.Timeout, FailureKind.Build, false)]
    [InlineData(BuildFailureKind.Network, FailureKind.Unreachable, true)]
    [InlineData(BuildFailureKind.Space, FailureKind.NoSpace, true)]
    [InlineData(BuildFailureKind.Memory, FailureKind.NoMemory, true)]
    [InlineData(BuildFailureKind.Damaged, FailureKind.Damaged, true)]
    public void A_failed_build_says_its_kind(BuildFailureKind build, FailureKind kind, bool isTransient) => Assert.Equal(
        new Failure(kind, "said") { IsTransient = isTransient }, new BuildFailure(build, "x").ToFailure("said"));
}
