using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.Editing;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Trust;

/// <summary><c>bento trust</c>: which keys sign releases, what hosts must trust, and how keys come and go.</summary>
internal static class TrustCommand
{
    public static Command Create(CliIo io) =>
        new("trust", "Show, add and remove the keys that sign releases.") { Show(io), Rotate(io), Revoke(io) };

    private static Command Show(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var nix = new Option<bool>("--nix") { Description = "Print what hosts must trust as a Nix attribute set." };
        var command = new Command("show", "Show the keys that sign releases, and what every host must trust.") { directory, json, nix };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(json), parsed.GetValue(nix), cancellationToken));
        return command;
    }

    private static Command Rotate(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var key = new Option<string?>("--key") { Description = "An existing key. Default: create one.", HelpName = "FILE" };
        var command = new Command("rotate", "Add a key: releases are then signed by the old keys and the new one.") { directory, key };
        command.SetAction(
            (parsed, cancellationToken) => RotateAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(key), cancellationToken));
        return command;
    }

    private static Command Revoke(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var key = new Argument<string>("KEY") { Description = "The fingerprint, the file, or the beginning of the comment of the key." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask, even if hosts may not trust the remaining keys." };
        var command = new Command("revoke", "Remove a key: it no longer signs releases.") { key, yes, directory };
        command.SetAction((parsed, cancellationToken) => RevokeAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(key)!, parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CliIo io, string directory, bool isJson, bool isNix, CancellationToken cancellationToken)
    {
        var file = Settings.ReadBento(io.Environment, directory).OrThrow();
        await using var services = FleetServices.Create(io, directory);
        var entries = await services.GetRequiredService<ISigningKeyring>().ListAsync(cancellationToken);
        TrustView.Write(io, file, entries, isJson, isNix);
        return entries.All(entry => entry.Key is not null) ? ExitCodes.Success : ExitCodes.Machine;
    }

    private static async Task<int> RotateAsync(CliIo io, string directory, string? own, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var added = await services.GetRequiredService<ISigningKeyring>()
            .RotateAsync(own is null ? null : io.FullPath(own), cancellationToken);
        await io.Out.WriteLineAsync(added.Key!.ToString());
        await io.Error.WriteLineAsync(
            $"From the next 'bento deploy' on, releases are also signed by {added.Key.Fingerprint}. Hosts do not trust it yet. Next:");
        await io.Error.WriteLineAsync(
            "  1. Add the line above to services.bento.trust.keys of every host, beside the old keys, and run 'bento deploy': the old "
                + "keys sign it.");
        await io.Error.WriteLineAsync(
            "  2. When 'bento status' shows every host up to date, run 'bento trust revoke' with the old key, then 'bento refresh'.");
        await io.Error.WriteLineAsync("  3. Remove the old key from services.bento.trust.keys of every host, and run 'bento deploy'.");
        return ExitCodes.Success;
    }

    private static async Task<int> RevokeAsync(CliIo io, string directory, string text, bool isSure, CancellationToken cancellationToken)
    {
        await using var services = FleetServices.Create(io, directory);
        var keyring = services.GetRequiredService<ISigningKeyring>();
        var revocation = await FindAsync(keyring, text, io.WorkingDirectory, cancellationToken);
        var handover = services.GetRequiredService<IKeyHandover>();
        if (!await KeyHandoverQuestion.AskAsync(
            io, handover, revocation.Remaining, revocation.Threshold, isSure, cancellationToken))
        {
            return ExitCodes.HostFailed;
        }

        keyring.Revoke(revocation);
        var entry = revocation.Entry;
        await io.Out.WriteLineAsync(entry.Key?.ToString() ?? entry.File);
        await io.Error.WriteLineAsync("This key no longer signs releases. To remove its signature from the current ones: bento refresh");
        await io.Error.WriteLineAsync(
            "Hosts still trust it. Remove it from services.bento.trust.keys of every host, and run 'bento deploy'.");
        await io.Error.WriteLineAsync($"The file was kept: {entry.Path}");
        return ExitCodes.Success;
    }

    /// <summary>Where too few keys would be left, there is a command for that.</summary>
    private static async Task<KeyRevocation> FindAsync(
        ISigningKeyring keyring, string text, string? workingDirectory, CancellationToken cancellationToken)
    {
        try
        {
            return await keyring.FindAsync(text, workingDirectory, cancellationToken);
        }
        catch (InvalidFleetException exception) when (exception.Problems is [{ Setting: "signing.keys" } problem])
        {
            throw new InvalidFleetException([problem with { Message = $"{problem.Message} Run: bento trust rotate" }], exception);
        }
    }
}
