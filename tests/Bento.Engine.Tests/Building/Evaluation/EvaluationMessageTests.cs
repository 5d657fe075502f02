using Bento.Building.Errors;
using Bento.Building.Evaluation;
using Bento.Engine.Tests.Building.Errors;
using Bento.TestBench;

namespace Bento.Engine.Tests.Building.Evaluation;

public sealed class EvaluationMessageTests : IDisposable
{
    private readonly TempDirectory _tree = new();

    [Theory]
    [InlineData("throw", "the port is taken", "flake.nix:")]
    [InlineData("throw-many-lines", "Failed assertions:\n- The option `services.web.port' is set twice.\n- Another thing.", "flake.nix:")]
    [InlineData("abort", "evaluation aborted with the following error message: 'cannot go on'", "flake.nix:")]
    [InlineData("undefined-variable", "undefined variable 'pkgs'", "flake.nix:6:7: pkgs.hello;")]
    [InlineData("syntax-error-in-import", "syntax error, unexpected ';'", "broken.nix:1:12: { broken = ; }")]
    [InlineData("missing-attribute", "attribute 'b' missing", "flake.nix:6:7: { a = 1; }.b;")]
    [InlineData("missing-attribute-in-module", "attribute 'port' missing", "module.nix:3:18: services.web = config.missing.port;")]
    [InlineData("infinite-recursion", "infinite recursion encountered", "flake.nix:6:15: let x = x + 1; in x;")]
    [InlineData("type-error", "cannot add a string to an integer", "flake.nix:6:11: 1 + \"a\";")]
    [InlineData("set-as-string", "cannot coerce a set to a string", "flake.nix:6:8: \"${{ }}\";")]
    [InlineData("missing-argument", "called without required argument 'needed'", "")]
    [InlineData("unexpected-argument", "called with unexpected argument 'oops'", "")]
    [InlineData("not-a-function", "attempt to call something which is not a function but an integer", "flake.nix:6:7: 1 2;")]
    [InlineData("missing-file", "nothing.nix", "")]
    [InlineData("absolute-path", "access to absolute path '/etc", "")]
    [InlineData("import-fails", "ifd.drv", "")]
    [InlineData("import-not-allowed", "because the option 'allow-import-from-derivation' is disabled", "")]
    [InlineData("stack-overflow", "stack overflow", "")]
    [InlineData("bad-json", "parse error at line 1, column 2", "flake.nix:")]
    [InlineData("division-by-zero", "division by zero", "flake.nix:6:")]
    [InlineData("context", "A definition is not of type `boolean'.", "flake.nix:")]
    [InlineData("warning-and-throw", "then it broke", "flake.nix:")]
    [InlineData("fetch-without-hash", "requires a 'sha256' argument", "flake.nix:")]
    [InlineData("fetchurl-no-name", "unable to download 'http://files.example.invalid/x'", "")]
    [InlineData("syntax-error", "syntax error, unexpected ';'", "")]
    [InlineData("no-outputs", "lacks attribute 'outputs'", "")]
    [InlineData("broken-lock", "parse error at line 1, column 1", "")]
    [InlineData("git-no-name", "Could not resolve host: git.example.invalid", "")]
    [InlineData("git-ssh-refused", "Connection refused", "")]
    [InlineData("git-503", "The requested URL returned error: 503", "")]
    [InlineData("tarball-503", "HTTP error 503", "")]
    [InlineData("path-changed", "mismatch in", "")]
    public void Every_Nix_gives_the_cause_and_the_place_in_the_users_file(string name, string cause, string place) =>
        Assert.All(RecordedNix.Versions, version =>
        {
            var (error, _) = RecordedNix.Evaluation(version, name);
            Write(error);

            var message = EvaluationMessage.Of(NixReportReader.Read(error), _tree.FullPath);

            Assert.Contains(cause, message, StringComparison.Ordinal);
            Assert.Contains(place.Length > 0 ? $"at {place}" : string.Empty, message, StringComparison.Ordinal);
            Assert.DoesNotContain("«", message, StringComparison.Ordinal);
            Assert.DoesNotContain("--show-trace", message, StringComparison.Ordinal);
            Assert.DoesNotContain("…", message, StringComparison.Ordinal);
            Assert.False(message.StartsWith("error:", StringComparison.Ordinal), message);
            Assert.InRange(message.Split('\n').Length, 1, 12);
        });

    [Fact]
    public void The_option_that_was_evaluated_is_named() => Assert.All(RecordedNix.Versions, version => Assert.Contains(
        "while evaluating the option `services.web.enable'\nwhile evaluating definitions from `/etc/x.nix'",
        EvaluationMessage.Of(NixReportReader.Read(RecordedNix.Evaluation(version, "context").Error), _tree.FullPath),
        StringComparison.Ordinal));

    [Fact]
    public void No_recorded_failure_is_without_a_cause() => Assert.All(
        RecordedNix.Versions.SelectMany(version => RecordedNix.Names("evaluation", version).Select(name => (version, name))),
        recorded =>
        {
            var (error, exitCode) = RecordedNix.Evaluation(recorded.version, recorded.name);
            Assert.True(exitCode == 0 || NixReportReader.Read(error).Cause.Text.Length > 3, $"{recorded}: {error}");
        });

    public void Dispose() => _tree.Dispose();

    /// <summary>The flake that was recorded, as far as Nix shows it: its lines stand at the places that it names.</summary>
    private void Write(string error)
    {
        foreach (var (file, text) in new[]
        {
            ("broken.nix", "{ broken = ; }\n"),
            ("module.nix", "{ config, ... }:\n{\n  services.web = config.missing.port;\n}\n"),
            ("function.nix", "{ needed, other ? 1 }: needed\n"),
        })
        {
            File.WriteAllText(Path.Join(_tree.FullPath, file), text);
        }

        var lines = Enumerable.Repeat(string.Empty, 10).ToArray();
        var ofFlake = false;
        foreach (var line in error.Split('\n'))
        {
            ofFlake = line.TrimStart().StartsWith("at ", StringComparison.Ordinal)
                ? line.Contains("/flake.nix:", StringComparison.Ordinal)
                : ofFlake;
            var bar = line.IndexOf('|', StringComparison.Ordinal);
            if (ofFlake && bar > 0 && int.TryParse(line[..bar], out var number) && number <= lines.Length)
            {
                lines[number - 1] = line[(bar + 1)..];
            }
        }

        File.WriteAllLines(Path.Join(_tree.FullPath, "flake.nix"), lines);
    }
}
