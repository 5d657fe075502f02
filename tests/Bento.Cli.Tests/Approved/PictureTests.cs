using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Approved;

/// <summary>The pictures of the documentation show what the program writes today.</summary>
public sealed class PictureTests
{
    [Theory]
    [InlineData("status", "bento status", "What bento status prints: a row for each host, and what to do next.")]
    [InlineData("plan", "bento plan", "What bento plan prints: how many hosts change, and which packages of them.")]
    [InlineData("show", "bento show db", "What bento show prints: everything about one host.")]
    public void A_picture_is_what_the_program_writes(string view, string command, string title) =>
        IsKept(view, TerminalPicture.Draw(title, command, Shown(view)));

    [Fact]
    public void The_film_is_what_the_program_writes()
    {
        (string, string)[] scenes =
        [
            ("bento plan", Shown("plan")),
            ("bento deploy", Shown("deploy")),
            ("bento status", Shown("status")),
            ("bento show db", Shown("show")),
        ];
        IsKept("film", TerminalPicture.Draw(
            "A deploy: the plan, the deploy, how the hosts are then, and everything about the one that fails.", scenes));
    }

    private static string Shown(string view)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        SampleViews.Views[view](new CliIo(output, error, new Dictionary<string, string>(StringComparer.Ordinal), "/fleet")
        {
            Width = 110,
            IsOutputTerminal = true,
        });
        return output.ToString();
    }

    private static void IsKept(string name, string picture)
    {
        var received = Path.Join(AppContext.BaseDirectory, $"{name}.received.svg");
        File.WriteAllText(received, picture);
        var kept = Path.Join(Repository.Root, "docs", "pictures", $"{name}.svg");

        Assert.True(
            File.Exists(kept) && File.ReadAllText(kept) == picture,
            $"The picture '{name}' changed. Look at it, and where it is better: cp {received} docs/pictures/{name}.svg");
    }
}
