using Bento.Cli.Status;
using Bento.Cli.Terminal;
using Bento.Status;

namespace Bento.Cli.Tests.Terminal;

public sealed class ScreenTests
{
    [Fact]
    public void Each_frame_has_the_size_that_the_terminal_has_then()
    {
        using var output = new StringWriter();
        var size = (Width: 80, Height: 10);
        using var screen = new Screen(Io(output, []) with { Measure = () => size });

        screen.Draw(Lines);
        size = (40, 5);
        screen.Draw(Lines);
        size = (40, 30);
        screen.Draw(Lines);

        var frames = output.ToString().Split("\u001b[2J");
        Assert.Equal(
            [8, 3, 20], frames.Skip(1).Select(frame => frame.Split('\n').Count(line => line.Contains("line ", StringComparison.Ordinal))));
        Assert.Contains("... and 17 more lines", frames[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_stood_on_the_terminal_is_there_again_afterwards_with_the_last_frame_below_it()
    {
        using var output = new StringWriter();
        using (var screen = new Screen(Io(output, []) with { Height = 30 }))
        {
            screen.Draw(io => io.Out.WriteLine("first"));
            screen.Draw(io => io.Out.WriteLine("last"));
        }

        Assert.StartsWith("\u001b[?1049h", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\u001b[?1049llast\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dumb_terminal_gets_lines_and_nothing_else()
    {
        using var output = new StringWriter();
        using var screen = new Screen(Io(output, new() { ["TERM"] = "dumb" }));

        screen.Draw(Lines);
        screen.Draw(Lines);

        Assert.DoesNotContain("\u001b", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_needs_attention_comes_first_where_the_table_is_cut()
    {
        using var output = new StringWriter();
        var io = Io(output, []) with { Height = 6 };
        var view = new StatusView(StatusFormat.Table, [], StatusOrder.Host, IsRepeated: true);
        var hosts = Enumerable.Range(1, 9)
            .Select(number => Status($"h{number}", number == 9 ? HostState.Failing : HostState.UpToDate))
            .ToList();

        Assert.Equal("h9", view.Write(io, hosts, DateTimeOffset.UnixEpoch)[0].Host.ToString());
        Assert.Equal("h1", view.Write(io with { Height = 30 }, hosts, DateTimeOffset.UnixEpoch)[0].Host.ToString());
    }

    private static HostStatus Status(string host, HostState state) =>
        new() { Host = HostName.Parse(host), State = state, Reason = "Because of a test." };

    private static void Lines(CliIo io)
    {
        foreach (var number in Enumerable.Range(1, 20))
        {
            io.Out.WriteLine($"line {number}");
        }
    }

    private static CliIo Io(StringWriter output, Dictionary<string, string> environment) =>
        new(output, TextWriter.Null, environment, "/") { IsOutputTerminal = true };
}
