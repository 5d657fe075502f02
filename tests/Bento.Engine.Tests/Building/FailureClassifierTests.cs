using Bento.Building;

namespace Bento.Engine.Tests.Building;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData("error: attribute 'foo' missing", BuildFailureKind.Evaluation)]
    [InlineData("error: flake 'path:/x' requires lock file changes but they're not allowed due to '--no-update-lock-file'", BuildFailureKind.Unlocked)]
    [InlineData("error: cannot write modified lock file of flake 'flake:bento-source' (use '--no-write-lock-file' to ignore)", BuildFailureKind.Unlocked)]
    [InlineData("warning: not writing modified lock file of flake 'path:/x':", BuildFailureKind.Unlocked)]
    [InlineData("warning: Not writing lock file of flake 'path:/x' because it has an unlocked input ('path:/y'). Use '--allow-dirty-locks' to allow this anyway.", BuildFailureKind.Unlocked)]
    [InlineData("error: unable to download 'https://x.org/a': Couldn't resolve host name (6)", BuildFailureKind.Network)]
    [InlineData("error: unable to download 'https://x.org/a': Could not resolve hostname (6) Could not resolve host: x.org", BuildFailureKind.Network)]
    [InlineData("error: unable to download 'https://x.org/a': HTTP error 404\n\n       response body: none", BuildFailureKind.Evaluation)]
    [InlineData("error: unable to download 'https://x.org/a': HTTP error 503", BuildFailureKind.Network)]
    [InlineData("error: unable to download 'https://x.org/a': HTTP error 429", BuildFailureKind.Network)]
    [InlineData("fatal: unable to access 'https://x.org/': Failed to connect to x.org port 443", BuildFailureKind.Network)]
    [InlineData("error: writing to file: No space left on device", BuildFailureKind.Space)]
    [InlineData("error: executing SQLite statement: database or disk is full", BuildFailureKind.Space)]
    public void The_words_of_an_evaluation_tell_its_class(string message, BuildFailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.OfEvaluation(message));

    [Theory]
    [InlineData("builder for 'x.drv' failed with exit code 1", "make: error", BuildFailureKind.Build)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "cp: error writing 'a': No space left on device", BuildFailureKind.Space)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "curl: (6) Could not resolve host: x.org", BuildFailureKind.Network)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "curl: (22) The requested URL returned error: 404", BuildFailureKind.Build)]
    [InlineData("builder for 'x.drv' failed with exit code 1", "test_refused: Connection refused", BuildFailureKind.Build)]
    [InlineData("building of 'x.drv' timed out after 10 seconds", "", BuildFailureKind.Timeout)]
    [InlineData("building of 'x.drv' timed out after 10 seconds of silence", "curl: (6) x", BuildFailureKind.Timeout)]
    [InlineData("writing to file: Disk quota exceeded", "", BuildFailureKind.Space)]
    [InlineData("hash mismatch in fixed-output derivation 'x.drv'", "", BuildFailureKind.Build)]
    public void The_words_of_a_build_tell_its_class(string message, string lastLine, BuildFailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.OfBuild(message, [lastLine]));
}
