using System.CommandLine;
using Bento.Cli.Deploy;
using Bento.Cli.Help;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests.Help;

/// <summary>Completion, manual page and help say the same as the commands themselves, because they are made from them.</summary>
public sealed class CommandLineHelpTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public CommandLineHelpTests()
    {
        _ = _directory.WriteFile("bento.json", """{ "hosts": { "web-1": { "tags": ["lab"] } } }""");
        _ = _directory.WriteFile("hosts/db/configuration.nix", "{ }");
    }

    public static TheoryData<string> Commands => [.. CommandTree.Leaves(CliApplication.Root(SomeIo)).Select(leaf => leaf.Path)];

    private static CliIo SomeIo => new(TextWriter.Null, TextWriter.Null, new Dictionary<string, string>(StringComparer.Ordinal), "/");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_completes_its_options_and_has_examples_in_its_help(string path)
    {
        var command = CommandTree.Leaves(CliApplication.Root(SomeIo)).Single(leaf => leaf.Path == path).Command;

        var completions = await CompleteAsync($"bento {path} --");
        var help = await CliRun.RunAsync(_directory.FullPath, [.. path.Split(' '), "--help"]);

        Assert.All(command.Options, option => Assert.Contains(option.Name, completions));
        Assert.Equal(ExitCodes.Success, help.ExitCode);
        Assert.Contains($"Examples:\n  ", help.Out, StringComparison.Ordinal);
        Assert.Contains($"bento {path}", help.Out[help.Out.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_example_is_a_command_line_that_the_program_takes(string path)
    {
        foreach (var example in Examples.Of(path).Where(example =>
            example.StartsWith("bento ", StringComparison.Ordinal) || example.StartsWith("sudo bento ", StringComparison.Ordinal)))
        {
            var words = ShellWords.Split(
                example[(example.IndexOf("bento ", StringComparison.Ordinal) + 6)..].Split([" | ", " > "], StringSplitOptions.None)[0]);
            var parsed = CliApplication.Root(SomeIo).Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });

            // A file of an example is not here.
            Assert.All(parsed.Errors, error => Assert.Contains("nor a file", error.Message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("help status", "status --help")]
    [InlineData("help host add", "host add --help")]
    [InlineData("help", "--help")]
    public async Task Help_is_a_word_too(string line, string same)
    {
        var help = await CliRun.RunAsync(_directory.FullPath, line.Split(' '));

        Assert.Equal(await CliRun.RunAsync(_directory.FullPath, same.Split(' ')), help);
        Assert.Contains("Usage:", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_for_what_is_no_command_says_so()
    {
        var help = await CliRun.RunAsync(_directory.FullPath, "help", "host", "ad");

        Assert.Equal(ExitCodes.Usage, help.ExitCode);
        Assert.Contains("Unknown command 'ad'. Did you mean 'add'?", help.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_and_option_is_in_the_manual_page_which_roff_understands()
    {
        var page = (await CliRun.RunAsync(_directory.FullPath, "man")).Out;

        foreach (var (path, command) in CommandTree.Leaves(CliApplication.Root(SomeIo)))
        {
            Assert.Contains($".SS bento {path}".Replace("-", "\\-", StringComparison.Ordinal), page, StringComparison.Ordinal);
            Assert.All(command.Options, option =>
                Assert.Contains(option.Name.Replace("-", "\\-", StringComparison.Ordinal), page, StringComparison.Ordinal));
        }

        var codes = typeof(ExitCodes).GetFields().Select(field => (int)field.GetRawConstantValue()!);
        Assert.All(codes, code => Assert.Contains($".TP\n\\fB{code}\\fR\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_manual_page_passes_the_lint_of_mandoc()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mandoc"), "mandoc is not installed");
        _ = _directory.WriteFile("bento.1", (await CliRun.RunAsync(_directory.FullPath, "man")).Out);

        var (_, said) = Shell.Try("mandoc", "-T", "lint", "-W", "style", _directory["bento.1"]);

        // A page that is printed by the program is of no day.
        Assert.All(said.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains("missing date", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bento st", "status")]
    [InlineData("bento status --on ", "db,web-1,@lab")]
    [InlineData("bento status --on db,", "db,db;db,web-1;db,@lab")]
    [InlineData("bento status --on :f", ":failing,:frozen")]
    [InlineData("bento deploy --on web-1+!:pau", "web-1+!:paused")]
    [InlineData("bento logs ", "db,web-1")]
    [InlineData("bento host remove ", "db,web-1")]
    [InlineData("bento completion ", "bash,zsh,fish")]
    [InlineData("bento status --state ", "failing,rollbacked,auto-upgraded")]
    [InlineData("bento status --sort ", "host,state,seen")]
    public async Task What_could_come_next_is_offered(string line, string expected)
    {
        var completions = await CompleteAsync(line);

        Assert.All(expected.Split(
            expected.Contains(';', StringComparison.Ordinal) ? ';' : ','), word => Assert.Contains(word, completions));
    }

    [Fact]
    public async Task The_directory_of_a_flake_is_offered_only_where_the_flake_speaks_of_it()
    {
        _ = _directory.WriteFile("hosts/lab/flake.nix", "{ outputs = _: { nixosConfigurations.label = { }; }; }");
        _ = _directory.WriteFile("hosts/mail/flake.nix", "{ outputs = _: { nixosConfigurations.mail = { }; }; }");

        var completions = await CompleteAsync("bento logs ");

        Assert.Contains("mail", completions);
        Assert.DoesNotContain("lab", completions);
    }

    [Fact]
    public async Task The_hosts_that_the_last_evaluation_found_are_offered_whatever_their_flake_looks_like()
    {
        _ = _directory.WriteFile("hosts/lab/flake.nix", "{ outputs = _: { nixosConfigurations = import ./machines.nix; }; }");
        _ = _directory.WriteFile(".bento/fleet", "desk\nrack\n");

        Assert.Equal(["db", "desk", "rack", "web-1"], await CompleteAsync("bento logs "));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_read_offers_no_host_and_says_nothing()
    {
        _ = _directory.WriteFile("bento.json", "{");

        var run = await CliRun.RunAsync(_directory.FullPath, "[complete]", "bento status --on ");

        Assert.Empty(run.Error);
        Assert.DoesNotContain("web", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_offered_has_a_description_and_nothing_else_is_mixed_in()
    {
        var commands = (await CliRun.RunAsync(_directory.FullPath, "[complete]", "bento ho")).Out;
        var hosts = (await CliRun.RunAsync(_directory.FullPath, "[complete]", "bento logs ")).Out;

        Assert.Equal("host\tAdd, remove, list and freeze hosts.\n", commands);
        Assert.Equal("db\thost\nweb-1\thost\n", hosts);
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_a_flake_does_not_hold_up_who_types()
    {
        _ = Directory.CreateDirectory(_directory["hosts/lab"]);
        _ = Shell.Run("mkfifo", _directory["hosts/lab/flake.nix"]);

        Assert.Empty(await CompleteAsync("bento logs "));
    }

    [Fact]
    public async Task A_real_bash_completes_with_the_script()
    {
        Assert.Equal("web-1\n", await BashAsync("bento status --on we", "status", "--on", "we"));

        // Bash takes the sign of a tag for the end of a word.
        Assert.Equal("lab\n", await BashAsync("bento status --on @la", "status", "--on", "@", "la"));
        Assert.Equal("failing\n", await BashAsync("bento status --on :fai", "status", "--on", ":", "fai"));
        Assert.Contains(
            "deploy                (Build all systems, and publish a release", await BashAsync("bento d", "d"), StringComparison.Ordinal);
    }

    private async Task<string> BashAsync(string line, params string[] words)
    {
        var script = (await CliRun.RunAsync(_directory.FullPath, "completion", "bash")).Out;
        var asked = $"""
            {script}
            COMP_WORDS=({CliProcess.Program} {string.Join(' ', words)}) COMP_CWORD={words.Length}
            COMP_LINE="{line}" COMP_POINT={line.Length}
            _bento
            printf '%s\n' "${"{"}COMPREPLY[@]{"}"}"
            """;
        return (await CliProcess.RunAsync(
            "bash", ["-c", asked], new Dictionary<string, string?> { ["BENTO_DIR"] = _directory.FullPath })).Out;
    }

    private async Task<IReadOnlyList<string>> CompleteAsync(string line) =>
        [.. (await CliRun.RunAsync(_directory.FullPath, "[complete]", line)).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(item => item.Split('\t')[0])];
}
