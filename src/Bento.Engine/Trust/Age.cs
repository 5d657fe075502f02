using Bento.Processes;
using Bento.Protocol;

namespace Bento.Trust;

/// <summary>Runs age, which encrypts to the SSH key that a host has anyway.</summary>
internal sealed class Age(IProcessRunner processes, TimeProvider clock)
{
    private const string Program = "age";

    /// <summary>age works in moments; a key on a file system that hangs must hold up nothing else.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The types of SSH keys that age encrypts to.</summary>
    private static readonly string[] KeyTypes = ["ssh-ed25519", "ssh-rsa"];

    /// <returns>Why nothing can be encrypted to a key, without a full stop; null when it can.</returns>
    public static string? FindObjection(SshPublicKey key) => KeyTypes.Contains(key.Type)
        ? null
        : $"age encrypts to keys of the types {string.Join(" and ", KeyTypes)}, not to one of type '{key.Type}'";

    /// <summary>Encrypts to a key. The plain bytes go through a pipe and nowhere else.</summary>
    /// <exception cref="SecretException">age is not there, or failed.</exception>
    public async Task<byte[]> EncryptAsync(ReadOnlyMemory<byte> plain, SshPublicKey recipient, CancellationToken cancellationToken)
    {
        // Without its comment, which anybody may have written.
        var line = $"{recipient.Type} {Convert.ToBase64String(recipient.ToBytes())}";
        var outcome = await RunAsync(["--encrypt", "--armor", "--recipient", line], plain, cancellationToken).ConfigureAwait(false);
        return System.Text.Encoding.ASCII.GetBytes(outcome.Output);
    }

    /// <summary>Decrypts into a new file.</summary>
    /// <param name="cipher">What <see cref="EncryptAsync"/> gave.</param>
    /// <param name="identityFile">The private half of the key.</param>
    /// <param name="target">The file; its directory must be closed to others.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SecretException">age is not there, or this key does not open it.</exception>
    public async Task DecryptAsync(ReadOnlyMemory<byte> cipher, string identityFile, string target, CancellationToken cancellationToken) =>
        _ = await RunAsync(
            ["--decrypt", "--identity", identityFile, "--output", target],
            cipher,
            cancellationToken,
            $"They are opened with '{identityFile}' (secrets.identityFile): it must be the private half of the host's publicKey in "
                + "the settings of the fleet.")
                .ConfigureAwait(false);

    private async Task<ProcessOutcome> RunAsync(
        IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken, string? nextStep = null)
    {
        using var limit = new Deadline(Limit, clock, cancellationToken);
        try
        {
            var outcome =
                await processes.RunAsync(new ProcessCommand(Program, arguments) { Input = input }, limit.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return outcome.IsSuccess ? outcome : throw Failure(outcome, nextStep);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SecretException($"age did not end within {Limit.TotalSeconds:0} seconds and was stopped.", exception)
            {
                NextStep = nextStep,
            };
        }
        catch (ProcessStartException exception)
        {
            throw new SecretException(exception.Message, exception)
            {
                NextStep = "Install age: apt-get install age on Debian and Ubuntu, age in nixpkgs.",
            };
        }
    }

    private static SecretException Failure(ProcessOutcome outcome, string? nextStep)
    {
        var line = PlainText.OfLines(outcome.Error)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault();
        return new SecretException(line ?? $"age ended with {outcome.ExitCode}.") { NextStep = nextStep };
    }
}
