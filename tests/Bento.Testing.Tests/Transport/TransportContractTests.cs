using Bento.Testing.Transport;
using Bento.Transport;

namespace Bento.Testing.Tests.Transport;

/// <summary>The suite for transports finds what is broken, and nothing in what works.</summary>
public sealed class TransportContractTests
{
    [Fact(Timeout = 60_000)]
    public Task A_write_into_the_file_itself_is_found() => Suite.FailsAsync(
        new Runs(inner => new Mutants.InPlace(inner)), suite => suite.A_file_that_is_on_its_way_is_seen_by_nobody());

    [Fact(Timeout = 60_000)]
    public Task A_file_that_is_emptied_before_it_is_filled_is_found() => Suite.FailsAsync(
        new Runs(inner => new Mutants.InTwoSteps(inner)), suite => suite.A_reader_sees_the_old_file_or_the_new_and_never_less());

    [Fact(Timeout = 60_000)]
    public Task A_write_that_nobody_can_cancel_is_found() => Suite.FailsAsync(
        new Runs(inner => new Mutants.Deaf(inner)), suite => suite.A_write_that_is_cancelled_on_its_way_leaves_the_old_file());

    [Fact(Timeout = 60_000)]
    public Task An_exception_of_somebody_else_out_of_connecting_is_found() => Suite.FailsAsync(
        new Runs(inner => new Mutants.Leaky(inner)), suite => suite.A_server_that_is_not_there_is_named_by_the_contract());

    [Fact(Timeout = 60_000)]
    public Task A_lock_that_frees_the_one_of_the_next_holder_is_found() => Suite.FailsAsync(
        new Runs(inner => new Mutants.DoubleFree(inner)), suite => suite.A_lock_that_is_disposed_twice_is_freed_once());

    [Fact(Timeout = 60_000)]
    public Task A_limit_that_is_not_true_is_found() => Suite.FailsAsync(
        new Runs(inner => inner, TransportLimits.NoRanges), suite =>
        {
            suite.What_it_says_that_it_cannot_it_cannot();
            return Task.CompletedTask;
        });

    [Fact(Timeout = 60_000)]
    public async Task The_same_tests_find_nothing_in_a_transport_that_only_passes_calls_on()
    {
        var suites = new Func<TransportContract, Task>[]
        {
            suite => suite.A_file_that_is_on_its_way_is_seen_by_nobody(),
            suite => suite.A_reader_sees_the_old_file_or_the_new_and_never_less(),
            suite => suite.A_write_that_is_cancelled_on_its_way_leaves_the_old_file(),
            suite => suite.A_server_that_is_not_there_is_named_by_the_contract(),
            suite => suite.A_lock_that_is_disposed_twice_is_freed_once(),
        };
        foreach (var test in suites)
        {
            await Suite.RunAsync(new Runs(inner => new ForwardingTransport(inner), TransportLimits.NoRanges), test);
        }
    }

    private sealed class Runs(Func<InMemoryTransport, ITransport> make, TransportLimits limits = TransportLimits.None) : TransportContract
    {
        private readonly InMemoryTransport _inner = new();

        protected override TransportLimits Limits => limits;

        protected override Task<ITransport> CreateAsync() => Task.FromResult(make(_inner));

        protected override Task<ITransport> CreateUnreachableAsync() =>
            Task.FromResult(make(new InMemoryTransport { Failure = TransportFailure.Unreachable }));

        protected override void PlaceLink(string path) => _inner.Server.PutForeign(Host, path);
    }
}
