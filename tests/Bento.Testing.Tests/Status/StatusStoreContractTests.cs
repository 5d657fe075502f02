using Bento.Protocol;
using Bento.Status;
using Bento.Testing.Status;

namespace Bento.Testing.Tests.Status;

/// <summary>The suite for status stores finds what is broken.</summary>
public sealed class StatusStoreContractTests
{
    [Fact(Timeout = 60_000)]
    public Task A_change_that_another_one_overwrites_is_found() =>
        Suite.FailsAsync(new Runs(records => new Racing(records)), suite => suite.Changes_at_once_lose_nothing());

    [Fact(Timeout = 60_000)]
    public Task A_record_that_only_its_own_process_sees_is_found() => Suite.FailsAsync(
        new Runs(_ => new DictionaryStore(new())), suite => suite.What_was_kept_is_read_whole_by_another_process());

    [Fact(Timeout = 60_000)]
    public Task Logs_that_hosts_share_are_found() => Suite.FailsAsync(
        new Runs(records => new Mixing(records)),
        suite => suite.A_host_whose_name_begins_another_name_has_a_record_and_logs_of_its_own());

    [Fact(Timeout = 60_000)]
    public Task A_change_that_nobody_can_cancel_is_found() =>
        Suite.FailsAsync(new Runs(records => new Deaf(records)), suite => suite.A_cancelled_call_changes_nothing());

    private sealed class Runs(Func<DictionaryStore.Records, IStatusStore> open) : StatusStoreContract
    {
        private readonly DictionaryStore.Records _records = new();

        protected override Task<IStatusStore> OpenAsync() => Task.FromResult(open(_records));
    }

    /// <summary>Without a lock, and so that it is seen each time: the first change is written when the second one has read.</summary>
    private sealed class Racing(DictionaryStore.Records records) : DictionaryStore(records)
    {
        private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _changes;

        public override Task<HostRecord> UpdateAsync(
            HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) => ChangeAsync(host, record =>
        {
            if (Interlocked.Increment(ref _changes) == 1)
            {
                _ = _second.Task.Wait(TimeSpan.FromSeconds(30), cancellationToken);
            }
            else
            {
                _ = _second.TrySetResult();
            }

            return change(record);
        });
    }

    private sealed class Mixing(DictionaryStore.Records records) : DictionaryStore(records)
    {
        protected override string LogKey(HostName host, ReleaseNumber number, int attempt) => $"{number} {attempt}";
    }

    private sealed class Deaf(DictionaryStore.Records records) : DictionaryStore(records)
    {
        public override Task<HostRecord> UpdateAsync(
            HostName host, Func<HostRecord, HostRecord> change, CancellationToken cancellationToken) =>
            base.UpdateAsync(host, change, CancellationToken.None);
    }
}
