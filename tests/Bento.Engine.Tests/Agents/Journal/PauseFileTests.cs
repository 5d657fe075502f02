using Bento.Agents.Journal;
using Bento.Protocol;
using Bento.TestBench;

namespace Bento.Engine.Tests.Agents.Journal;

public sealed class PauseFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly TempDirectory _state = new();

    [Fact]
    public void A_pause_outlives_the_process()
    {
        var pause = new AgentPause { Since = Now, Reason = "disk is being replaced", Until = Now.AddHours(1) };

        new PauseFile(_state.FullPath).Write(pause);

        Assert.Equal(pause, new PauseFile(_state.FullPath).Read(Now));
    }

    [Fact]
    public void A_pause_with_an_end_ends()
    {
        var file = new PauseFile(_state.FullPath);
        file.Write(new AgentPause { Since = Now, Reason = null, Until = Now.AddHours(1) });

        Assert.NotNull(file.Read(Now.AddMinutes(59)));
        Assert.Null(file.Read(Now.AddHours(1)));
    }

    [Fact]
    public void A_pause_is_ended_once()
    {
        var file = new PauseFile(_state.FullPath);
        file.Write(new AgentPause { Since = Now, Reason = null, Until = null });

        Assert.True(file.Remove());
        Assert.False(file.Remove());
        Assert.Null(file.Read(Now));
    }

    [Fact]
    public void A_pause_that_cannot_be_read_is_one()
    {
        _state.WriteFile("pause.json", "garbage");

        Assert.Contains("cannot be read", new PauseFile(_state.FullPath).Read(Now)!.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _state.Dispose();
}
