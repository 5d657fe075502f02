using Bento.Protocol;
using Bento.Status;

namespace Bento.Engine.Tests.Status;

public sealed class StatusChangesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// State, release and, after <c>@</c>, the minute since when; before and after. Then what else is known: <c>degraded</c>, <c>seen:</c>,
    /// <c>success:</c>.
    /// </summary>
    [Theory]
    [InlineData("UpToDate 1@0", "UpToDate 1@0")]
    [InlineData("UpToDate 1@0", "RebuildPending 2@5", HostChange.Published)]
    [InlineData("UpToDate 1@0", "SyncPending 2@5", HostChange.Published)]
    [InlineData("Unpublished 0@0", "NewMachine 1@5", HostChange.Published)]
    [InlineData("RebuildPending 2@0", "Updating 2@5", HostChange.Started)]
    [InlineData("UpToDate 1@0", "Updating 2@5", HostChange.Published, HostChange.Started)]
    [InlineData("Updating 2@0", "UpToDate 2@5", HostChange.Succeeded)]
    [InlineData("RebuildPending 2@0", "UpToDate 2@5", HostChange.Succeeded)]
    [InlineData("UpToDate 1@0", "UpToDate 2@5", HostChange.Published, HostChange.Succeeded)]
    [InlineData("Updating 2@0", "RolledBack 2@5", HostChange.RolledBack)]
    [InlineData("Updating 2@0", "Failing 2@5", HostChange.Failed)]
    [InlineData("Failing 2@0", "Failing 2@5", HostChange.Failed)]
    [InlineData("Failing 2@0", "Updating 2@5", HostChange.Started)]
    [InlineData("UpToDate 2@0", "AutoUpdated 2@5", HostChange.AutoUpdated)]
    [InlineData("AutoUpdated 2@0", "AutoUpdated 2@5", HostChange.AutoUpdated)]
    [InlineData("UpToDate 2@0", "Refused 2@5", HostChange.Refused)]
    [InlineData("Refused 2@0", "Refused 2@5")]
    [InlineData("UpToDate 2@3", "Silent 2@5", HostChange.Silent)]
    [InlineData("Silent 2@5", "Silent 2@6")]
    [InlineData("Silent 2@5", "UpToDate 2@3", HostChange.Heard)]
    [InlineData("Silent 2@5", "UpToDate 2@6", HostChange.Succeeded)]
    [InlineData("Silent 2@5", "Failing 2@3", HostChange.Heard)]
    [InlineData("Silent 2@5", "Failing 2@6", HostChange.Failed)]
    [InlineData("Silent 1@5", "Silent 2@5", HostChange.Published)]
    [InlineData("Silent 1@5", "UpToDate 2@6", HostChange.Published, HostChange.Succeeded)]
    [InlineData("Silent 1@5", "RebuildPending 2@6", HostChange.Published, HostChange.Heard)]
    [InlineData("UpToDate 1@0", "Silent 2@5", HostChange.Published, HostChange.Silent)]
    [InlineData("UpToDate 1@0", "Failing 2@5", HostChange.Published, HostChange.Failed)]
    [InlineData("UpToDate 1@0 success:0", "RebuildPending 3@5 success:4", HostChange.Succeeded, HostChange.Published)]
    [InlineData("Updating 2@0 success:0", "Silent 2@5 success:4", HostChange.Succeeded, HostChange.Silent)]
    [InlineData("Updating 2@0", "UpToDate 2@5 success:5", HostChange.Succeeded)]
    [InlineData("Refused 2@5 seen:5", "UpToDate 2@3", HostChange.Heard)]
    [InlineData("Refused 2@5 seen:5", "UpToDate 2@6", HostChange.Succeeded)]
    [InlineData("Refused 1@5 seen:5", "RebuildPending 2@6 seen:5", HostChange.Published)]
    [InlineData("Refused 1@5 seen:5", "RebuildPending 2@6 seen:7", HostChange.Published, HostChange.Heard)]
    [InlineData("UpToDate 2@0 seen:5", "Failing 2@- seen:6 drift", HostChange.FlagsChanged)]
    [InlineData("Failing 2@- seen:6 drift", "UpToDate 2@0 seen:7", HostChange.FlagsChanged)]
    [InlineData("Failing 2@- seen:6 drift", "UpToDate 2@7 seen:7", HostChange.Succeeded)]
    [InlineData("Silent 2@5", "Failing 2@- seen:6 drift", HostChange.Heard)]
    [InlineData("UpToDate 2@0 seen:5 success:0", "Unpublished 0@0 unreadable", HostChange.FlagsChanged)]
    [InlineData("UpToDate 2@0 seen:5 success:0", "NewMachine 2@0 unreadable", HostChange.FlagsChanged)]
    [InlineData("Unpublished 0@0 unreadable", "UpToDate 2@0 seen:5 success:0", HostChange.FlagsChanged)]
    [InlineData("UpToDate 2@0 seen:5 success:0", "Silent 2@5 seen:5 success:0 unreadable", HostChange.Silent)]
    [InlineData("NewMachine 1@0", "RebuildPending 1@0", HostChange.Heard)]
    [InlineData("NewMachine 1@0", "UpToDate 1@5", HostChange.Succeeded)]
    [InlineData("NewMachine 1@0", "NewMachine 2@5", HostChange.Published)]
    [InlineData("UpToDate 2@0", "Removed 2@0", HostChange.Removed)]
    [InlineData("UpToDate 2@0", "UpToDate 2@0 degraded", HostChange.FlagsChanged)]
    [InlineData("", "NewMachine 1@0", HostChange.Appeared)]
    [InlineData("UpToDate 1@0", "", HostChange.Disappeared)]
    public void Two_looks_say_what_happened_between_them(string before, string now, params HostChange[] what) =>
        Assert.Equal(what, StatusChanges.Between(Look(before), Look(now)).Cast<FleetChange.HostChanged>().Select(change => change.What));

    [Fact]
    public void What_one_look_could_not_read_did_not_happen()
    {
        var well = Look("UpToDate 2@0 seen:5 success:0");
        var unreadable = Look("Unpublished 0@0 unreadable");

        var known = StatusChanges.Remember(StatusChanges.Remember(well, unreadable), unreadable);

        Assert.Empty(StatusChanges.Between(known, unreadable));
        Assert.Equal(
            [HostChange.FlagsChanged], StatusChanges.Between(known, well).Cast<FleetChange.HostChanged>().Select(change => change.What));
        Assert.Equal(
            [HostChange.Published, HostChange.Succeeded],
            StatusChanges.Between(known, Look("UpToDate 3@7 seen:7 success:7"))
                .Cast<FleetChange.HostChanged>()
                .Select(change => change.What));
    }

    private static IReadOnlyList<HostStatus> Look(string text) => text.Split(' ', '@') switch
    {
        [var state, var number, var minute, ..] =>
        [
            new HostStatus
            {
                Host = HostName.Parse("h1"),
                State = Enum.Parse<HostState>(state),
                Reason = "Because of a test.",
                Number = number == "0" ? null : new ReleaseNumber(0, int.Parse(number)),
                Since = minute == "-" ? null : Now.AddMinutes(int.Parse(minute)),
                Flags = Enum.TryParse<StatusFlags>(text.Split(' ')[^1], ignoreCase: true, out var flags) ? flags : StatusFlags.None,
                LastSeen = Minute(text, "seen:") ?? (state == "Silent" ? Now.AddMinutes(int.Parse(minute)) : null),
                LastSuccess = Minute(text, "success:"),
            },
        ],
        _ => [],
    };

    private static DateTimeOffset? Minute(string text, string word) =>
        text.Split(' ').FirstOrDefault(part => part.StartsWith(word, StringComparison.Ordinal)) is { } part
            ? Now.AddMinutes(int.Parse(part[word.Length..]))
            : null;
}
