using Bento.Cli.Progress;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Microsoft.Extensions.Time.Testing;

namespace Bento.Cli.Tests.Progress;

/// <summary>What goes to a terminal while an operation goes on.</summary>
public sealed class LiveProgressTests : IDisposable
{
    private readonly StringWriter _error = new();
    private readonly FakeTimeProvider _clock = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void What_is_over_is_written_where_the_region_was_which_is_cleared_first_and_drawn_again_below()
    {
        var progress = Started();
        progress.Report(new FleetEvent.Building([HostName.Parse("a"), HostName.Parse("b")]));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _ = _error.GetStringBuilder().Clear();

        progress.Report(new FleetEvent.Failed(HostName.Parse("a"), new Failure(FailureKind.Build, "no luck\nits log")));

        Assert.Equal("\r\u001b[A\u001b[Ja: failed: no luck\nbuilding 0 of 2 systems, 1 s\n  a, b", _error.ToString());
    }

    [Fact]
    public void What_a_builder_broke_on_is_told_while_others_go_on_with_the_end_of_its_log()
    {
        var progress = Started();
        progress.Report(new FleetEvent.Building([HostName.Parse("a"), HostName.Parse("b")]));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _ = _error.GetStringBuilder().Clear();

        progress.Report(new FleetEvent.BuilderFailed("zlib-1.3", "builder failed with exit code 2\nmore")
        {
            LogTail = ["1", "2", "3", "4"],
        });

        Assert.Equal(
            "\r\u001b[A\u001b[Jzlib-1.3 failed: builder failed with exit code 2\n  | 2\n  | 3\n  | 4\n"
                + "building 0 of 2 systems, 1 s\n  a, b",
            _error.ToString());
    }

    [Fact]
    public void Nothing_is_written_while_nothing_changes()
    {
        var progress = Started();
        progress.Wait("still connecting");
        _clock.Advance(TimeSpan.FromSeconds(1));
        _ = _error.GetStringBuilder().Clear();

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Nothing_of_it_stays_when_it_stops()
    {
        var progress = Started();
        progress.Report(new FleetEvent.Evaluating("hosts/lab"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _ = _error.GetStringBuilder().Clear();

        progress.Stop();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("\r\u001b[A\u001b[J", _error.ToString());
    }

    [Fact]
    public void A_terminal_that_has_gone_ends_no_process()
    {
        using var gone = new Gone();
        var progress = new LiveProgress(
            new CliIo(TextWriter.Null, gone, new Dictionary<string, string>(StringComparer.Ordinal), "/"), _clock);
        progress.Wait("still connecting");

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, gone.Writes);
    }

    [Fact]
    public void Where_the_output_goes_elsewhere_the_terminal_behind_standard_error_counts()
    {
        var io = new CliIo(TextWriter.Null, _error, new Dictionary<string, string>(StringComparer.Ordinal), "/")
        {
            Width = 4096,
            ErrorWidth = 30,
        };
        var progress = new LiveProgress(io, _clock);
        progress.Report(new FleetEvent.Evaluating(new string('x', 500)));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.All(
            _error.ToString().Split("\u001b[J").SelectMany(frame => frame.Split('\n')),
            line => Assert.True(line.Trim('\r').Length < 30, line));
    }

    private sealed class Gone : StringWriter
    {
        public int Writes { get; private set; }

        public override void Write(System.Text.StringBuilder? value)
        {
            Writes++;
            throw new IOException("Input/output error");
        }
    }

    private LiveProgress Started() =>
        new(new CliIo(TextWriter.Null, _error, new Dictionary<string, string>(StringComparer.Ordinal), "/"), _clock);
}
