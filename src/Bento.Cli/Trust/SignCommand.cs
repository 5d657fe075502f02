using System.CommandLine;
using Bento.Cli.Terminal;
using Bento.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Trust;

/// <summary><c>bento sign</c>: shows prepared releases, and signs them. Needs no Bento directory, no Nix and no server.</summary>
internal static class SignCommand
{
    public static Command Create(CliIo io)
    {
        var directory = new Argument<string>("DIR") { Description = "The directory written by 'bento deploy --for-signing'." };
        var keys = new Option<string[]>("--key")
        {
            Description =
                "The key to sign with: a private key, or the public half of one in an ssh-agent or a FIDO token. Without it, the "
                    + "releases are only shown.",
            HelpName = "FILE",
        };
        var command = new Command("sign", "Show prepared releases, and sign them with --key.") { directory, keys };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            io,
            io.FullPath(parsed.GetValue(directory)!),
            [.. (parsed.GetValue(keys) ?? []).Select(key => io.FullPath(key))],
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliIo io, string directory, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        _ = services.AddBento(options => options.Directory = io.WorkingDirectory ?? "/").ConfigureSigning(options =>
        {
            foreach (var key in keys)
            {
                options.KeyFiles.Add(key);
            }
        });
        await using var provider = services.BuildServiceProvider();
        var signing = provider.GetRequiredService<IReleaseSigning>();
        var batch = await signing.ReadAsync(directory, cancellationToken);
        SigningView.Write(io.Out, batch.Requests);
        foreach (var problem in batch.Problems)
        {
            await io.Error.WriteLineAsync(problem.ToString());
        }

        if (keys.Count > 0)
        {
            var signed = await signing.SignAsync(directory, batch.Requests, cancellationToken);
            await io.Error.WriteLineAsync(
                $"Signed {signed.Count} {(signed.Count == 1 ? "release" : "releases")}. Next: take the directory to the next signer, or "
                    + $"back to the publisher and run: bento publish {directory}");
        }

        return batch.Problems.Count == 0 ? ExitCodes.Success : ExitCodes.HostFailed;
    }
}
