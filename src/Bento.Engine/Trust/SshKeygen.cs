using Bento.Processes;

namespace Bento.Trust;

/// <summary>Runs ssh-keygen, and says what is wrong when it does not do what it was asked.</summary>
internal sealed class SshKeygen(IProcessRunner processes)
{
    private const string Program = "ssh-keygen";

    private static readonly Dictionary<string, string?> Environment = new(StringComparer.Ordinal)
    {
        // Its messages are told apart below.
        ["LC_ALL"] = "C",
    };

    /// <summary>Whether it can be started. There is no question that it answers with success and without a key.</summary>
    /// <exception cref="SigningException">It is not there.</exception>
    public async Task CheckAsync(string keyFile, CancellationToken cancellationToken) =>
        _ = await StartAsync(new ProcessCommand(Program, ["-?"]), keyFile, cancellationToken).ConfigureAwait(false);

    /// <param name="arguments">What it is asked.</param>
    /// <param name="keyFile">The key that it is about.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="SigningException">It is not there, or failed.</exception>
    public async Task<string> RunAsync(
        IReadOnlyList<string> arguments, string keyFile, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var outcome = await StartAsync(
            new ProcessCommand(Program, arguments) { Input = input, Environment = Environment },
            keyFile,
            cancellationToken).ConfigureAwait(false);
        return outcome.IsSuccess ? outcome.Output : throw Failure(keyFile, outcome);
    }

    private async Task<ProcessOutcome> StartAsync(ProcessCommand command, string keyFile, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await processes.RunAsync(command, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return outcome;
        }
        catch (ProcessStartException exception)
        {
            throw new SigningException($"The key '{keyFile}' cannot be used: {exception.Message}", exception)
            {
                NextStep = "Install the OpenSSH client: apt-get install openssh-client on Debian and Ubuntu, openssh in nixpkgs.",
            };
        }
    }

    private static SigningException Failure(string keyFile, ProcessOutcome outcome)
    {
        var lines = PlainText.OfLines(outcome.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (what, next) = outcome.Error switch
        {
            var error when error.Contains("incorrect passphrase", StringComparison.Ordinal) =>
                ("is locked: it needs its passphrase.", $"Unlock it for this session: ssh-add {keyFile}"),
            var error when error.Contains("UNPROTECTED PRIVATE KEY", StringComparison.Ordinal) =>
                ("can be read by others, so ssh-keygen does not use it.", $"Run: chmod 600 {keyFile}"),
            var error when error.Contains("No private key found", StringComparison.Ordinal)
                || error.Contains("agent", StringComparison.Ordinal) =>
                ("is a public key, and no ssh-agent has its private half.", "Load it: ssh-add; then check with: ssh-add -L"),
            _ => (
                $"cannot be used: {(lines.Length > 0 ? lines[^1] : $"ssh-keygen ended with {outcome.ExitCode}.")}",
                $"Check it with: ssh-keygen -y -f {keyFile}"),
        };
        return new SigningException($"The signing key '{keyFile}' {what}") { NextStep = next };
    }
}
