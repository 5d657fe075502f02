using System.Text;
using Bento.Cli.Terminal;
using Bento.TestBench;

namespace Bento.Cli.Tests;

/// <summary>
/// Input that no program could read: it ends a command with a sentence and an exit code, never with an unhandled exception.
/// </summary>
public sealed class UnreadableInputTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<byte[], string> Texts => new()
    {
        { [.. "{\n \"fleet\": \""u8, 0xFC, .. "\" }"u8], ":2: This is not UTF-8 text" },
        { [.. "{ \""u8, 0xEC, .. "\": 1 }"u8], ":1: This is not UTF-8 text" },
        { [.. "{ \"fleet\": \"\\ud800\" }"u8], ":1: This text contains half of a character" },
        { [.. "{ \"host\\udc00\": 1 }"u8], ":1: This text contains half of a character" },
        { [.. "{\n\n \"stateDirectory\": \"a\\u0000b\" }"u8], ":3: This text contains the character NUL" },
        { [.. Encoding.UTF8.GetBytes(new string('[', 10_000))], ": Not valid JSON" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_setting_that_is_no_text_is_named_with_its_line(byte[] content, string words)
    {
        await File.WriteAllBytesAsync(_directory["bento.json"], content, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_directory["agent.json"], content, TestContext.Current.CancellationToken);

        var fleet = await CliRun.RunAsync(_directory.FullPath, "status");
        var agent = await CliRun.RunAsync(_directory.FullPath, "agent", "status", "--config", _directory["agent.json"]);

        Assert.All([fleet, agent], run => Assert.Equal(ExitCodes.Configuration, run.ExitCode));
        Assert.All([fleet, agent], run => Assert.Contains(words, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bento.json")]
    [InlineData("agent.json")]
    public async Task Whatever_bytes_are_in_a_file_of_settings_a_sentence_is_the_answer(string name)
    {
        const string Sample =
            """{ "host": "web", "fleet": "a", "stateDirectory": "\u00e9", "trust": { "keys": ["ssh-ed25519 AAAA"] }, "hosts": { "web": { "tags": ["lab"], "confirmSeconds": 1.5e3 } } }""";
        var random = new Random(12);
        for (var round = 0; round < 300; round++)
        {
            var content = Encoding.UTF8.GetBytes(Sample);
            for (var count = random.Next(1, 4); count > 0; count--)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            await File.WriteAllBytesAsync(_directory[name], content, TestContext.Current.CancellationToken);
            var run = name == "bento.json"
                ? await CliRun.RunAsync(_directory.FullPath, "trust", "show")
                : await CliRun.RunAsync(_directory.FullPath, "agent", "pause", "--config", _directory[name]);

            Assert.True(
                run.ExitCode is ExitCodes.Success or ExitCodes.Configuration or ExitCodes.Machine,
                $"{run.ExitCode}: {run.Error}\n{Encoding.UTF8.GetString(content)}");
        }
    }

    [Theory]
    [InlineData(ExitCodes.Configuration, "status")]
    [InlineData(ExitCodes.Configuration, "init")]
    [InlineData(ExitCodes.Configuration, "sign", "prepared")]
    [InlineData(ExitCodes.Success, "help", "status")]
    [InlineData(ExitCodes.Success, "status", "-C", "FLEET")]
    [InlineData(ExitCodes.Success, "-C", "FLEET", "trust", "show")]
    public async Task In_a_directory_that_was_deleted_a_command_needs_a_whole_path_and_says_so(int code, params string[] arguments)
    {
        _ = _directory.WriteFile("fleet/bento.json", "{ }");
        var words = string.Join(' ', arguments).Replace("FLEET", _directory["fleet"], StringComparison.Ordinal);

        var run = await CliProcess.RunAsync(
            "sh", ["-c", $"mkdir gone && cd gone && rmdir ../gone && exec {CliProcess.Program} {words}"],
            new Dictionary<string, string?> { ["BENTO_DIR"] = null }, _directory.FullPath);

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(
            code == ExitCodes.Configuration, run.Error.Contains("The current directory no longer exists", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_internal_error_is_a_sentence_with_an_exit_code_of_its_own()
    {
        using var error = new StringWriter();
        var io = new CliIo(TextWriter.Null, error, new Dictionary<string, string>(StringComparer.Ordinal), "/");

        var code = await FailureReport.GuardAsync(io, () => throw new InvalidOperationException("Nobody thought of this."));

        Assert.Equal(ExitCodes.InternalError, code);
        Assert.StartsWith(
            "bento: internal error: Nobody thought of this. (InvalidOperationException)\n", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standard_error_that_is_full_leaves_the_exit_code()
    {
        var run = await CliProcess.RunAsync(
            "sh", ["-c", $"exec {CliProcess.Program} status -C /nowhere 2>/dev/full"], new Dictionary<string, string?>());

        Assert.Equal(ExitCodes.Configuration, run.ExitCode);
    }
}
