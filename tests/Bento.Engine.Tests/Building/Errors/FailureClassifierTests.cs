using Bento.Building;
using Bento.Building.Errors;

namespace Bento.Engine.Tests.Building.Errors;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData("error: attribute 'foo' missing", BuildFailureKind.Evaluation)]
    [InlineData(
        "error: flake 'path:/x' requires lock file changes but they're not allowed due to '--no-update-lock-file'",
        BuildFailureKind.Unlocked)]
    [InlineData(
        "error: cannot write modified lock file of flake 'flake:bento-source' (use '--no-write-lock-file' to ignore)",
        BuildFailureKind.Unlocked)]
    [InlineData("error: unable to download 'https://x.org/a': Couldn't resolve host name (6)", BuildFailureKind.Network)]
    [InlineData(
        "error: unable to download 'https://x.org/a': Could not resolve hostname (6) Could not resolve host: x.org",
        BuildFailureKind.Network)]
    [InlineData("error: unable to download 'https://x.org/a': HTTP error 404\n\n       response body: none", BuildFailureKind.Evaluation)]
    [InlineData("error: unable to download 'https://x.org/a': HTTP error 503", BuildFailureKind.Network)]
    [InlineData("error: unable to download 'https://x.org/a': HTTP error 429", BuildFailureKind.Network)]
    [InlineData("fatal: unable to access 'https://x.org/': Failed to connect to x.org port 443", BuildFailureKind.Network)]
    [InlineData("error: writing to file: No space left on device", BuildFailureKind.Space)]
    [InlineData("error: executing SQLite statement: database or disk is full", BuildFailureKind.Space)]
    public void The_words_of_an_evaluation_tell_its_class(string message, BuildFailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.OfEvaluation(NixReportReader.Read(message)));

    [Theory]
    [InlineData("warning: not writing modified lock file of flake 'path:/x':")]
    [InlineData(
        "warning: Not writing lock file of flake 'path:/x' because it has an unlocked input ('path:/y'). Use '--allow-dirty-locks' to "
            + "allow this anyway.")]
    public void An_evaluation_that_only_warns_of_a_missing_lock_is_unlocked_too(string warning) =>
        Assert.True(FailureClassifier.IsUnlocked(warning));

    [Theory]
    [InlineData("throw", BuildFailureKind.Evaluation)]
    [InlineData("abort", BuildFailureKind.Evaluation)]
    [InlineData("import-fails", BuildFailureKind.Evaluation)]
    [InlineData("missing-file", BuildFailureKind.Evaluation)]
    [InlineData("unlocked", BuildFailureKind.Unlocked)]
    [InlineData("fetchurl-404", BuildFailureKind.Evaluation)]
    [InlineData("fetchurl-403", BuildFailureKind.Evaluation)]
    [InlineData("fetchurl-429", BuildFailureKind.Network)]
    [InlineData("fetchurl-503", BuildFailureKind.Network)]
    [InlineData("fetchurl-refused", BuildFailureKind.Network)]
    [InlineData("fetchurl-no-name", BuildFailureKind.Network)]
    [InlineData("fetchurl-hash", BuildFailureKind.Evaluation)]
    [InlineData("git-no-name", BuildFailureKind.Network)]
    [InlineData("git-refused", BuildFailureKind.Network)]
    [InlineData("git-ssh-refused", BuildFailureKind.Network)]
    [InlineData("git-503", BuildFailureKind.Network)]
    [InlineData("git-404", BuildFailureKind.Evaluation)]
    [InlineData("git-401", BuildFailureKind.Evaluation)]
    [InlineData("git-directory-gone", BuildFailureKind.Evaluation)]
    [InlineData("git-program-missing", BuildFailureKind.Evaluation)]
    [InlineData("github-no-name", BuildFailureKind.Network)]
    [InlineData("tarball-404", BuildFailureKind.Evaluation)]
    [InlineData("tarball-429", BuildFailureKind.Network)]
    [InlineData("tarball-503", BuildFailureKind.Network)]
    [InlineData("tarball-refused", BuildFailureKind.Network)]
    [InlineData("path-gone", BuildFailureKind.Evaluation)]
    public void Every_Nix_tells_passing_failures_from_final_ones(string name, BuildFailureKind kind) => Assert.All(
        RecordedNix.Versions,
        version => Assert.Equal(kind, FailureClassifier.OfEvaluation(NixReportReader.Read(RecordedNix.Evaluation(version, name).Error))));

    [Theory]
    [InlineData(
        "error:\n       … while fetching the input 'git+https://x.org/y'\n\n       error: the moon is in the way",
        BuildFailureKind.Network)]
    [InlineData(
        "error: builder for '/nix/store/x.drv' failed;\n       last 1 log lines:\n       > connection refused",
        BuildFailureKind.Evaluation)]
    public void What_nobody_knows_is_passing_only_while_fetching(string error, BuildFailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.OfEvaluation(NixReportReader.Read(error)));

    [Theory]
    [InlineData("builder for 'x.drv' failed with exit code 1", "make: error", false, BuildFailureKind.Build)]
    [InlineData(
        "builder for 'x.drv' failed with exit code 1", "cp: error writing 'a': No space left on device", false, BuildFailureKind.Space)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "curl: (6) Could not resolve host: x.org", false, BuildFailureKind.Build)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "curl: (6) Could not resolve host: x.org", true, BuildFailureKind.Network)]
    [InlineData(
        "builder for 'x.drv' failed with exit code 1", "curl: (22) The requested URL returned error: 404", true, BuildFailureKind.Build)]
    [InlineData(
        "builder for 'x.drv' failed with exit code 1", "curl: (22) The requested URL returned error: 503", true, BuildFailureKind.Network)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "nobody knows why", true, BuildFailureKind.Network)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "test_refused: Connection refused", false, BuildFailureKind.Build)]
    [InlineData("builder for 'x.drv' failed with exit code 1;\nlast 1 log lines:\n> Connection refused", "", false, BuildFailureKind.Build)]
    [InlineData("building of 'x.drv' timed out after 10 seconds", "", false, BuildFailureKind.Timeout)]
    [InlineData("building of 'x.drv' timed out after 10 seconds of silence", "curl: (6) x", true, BuildFailureKind.Timeout)]
    [InlineData("writing to file: Disk quota exceeded", "", false, BuildFailureKind.Space)]
    [InlineData("hash mismatch in fixed-output derivation 'x.drv'", "", true, BuildFailureKind.Build)]
    public void The_words_of_Nix_tell_the_class_of_a_build_and_those_of_a_builder_only_when_it_fetches(
        string message, string lastLine, bool isFetcher, BuildFailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.OfBuild(message, [lastLine], isFetcher));
}
