using System.Globalization;
using Bento.Cli.Terminal;
using Bento.Protocol;
using Bento.Publishing;

namespace Bento.Cli.Trust;

/// <summary>What somebody is about to sign: everything in a release that decides what root does on the host.</summary>
internal static class SigningView
{
    public static void Write(TextWriter writer, IReadOnlyList<SigningRequest> requests)
    {
        foreach (var request in requests)
        {
            Write(writer, request.Release);
            writer.WriteLine(request.Signers.Count == 0
                ? "  signed   not yet"
                : $"  signed   by {string.Join(", ", request.Signers.Select(key => key.Fingerprint))}");
        }

        writer.WriteLine(requests.Count == 0 ? "nothing to sign" : $"{requests.Count} {(requests.Count == 1 ? "release" : "releases")}");
    }

    private static void Write(TextWriter writer, Release release)
    {
        var policy = release.Policy;
        writer.WriteLine($"{release.Host}: release {release.Number} of the fleet '{release.Fleet}', id {release.Id}");
        writer.WriteLine($"  system   {release.ExpectedSystem?.ToString() ?? "chosen by the host's channel"}");
        var attribute = release.Attribute is { } name ? $", attribute '{PlainLine.Of(name)}'" : string.Empty;
        writer.WriteLine($"  kind     {release.Kind}{attribute}, for agents of protocol {release.MinimumAgent} and later");
        writer.WriteLine($"  content  {release.Content.TreeHash}, {release.Content.FileCount} files");
        writer.WriteLine($"  archive  {release.Content.Archive}, {release.Content.ArchiveBytes} bytes");
        writer.WriteLine(
            $"  policy   rollback {Word(policy.Rollback)}{(policy.RetryRolledBack ? " and again" : string.Empty)}, reboot "
                + $"{Word(policy.Reboot)}{(policy.RebootWindow is { } window ? $" ({window})" : string.Empty)}, self-update "
                + $"{Word(policy.SelfUpdate)}, confirm in {policy.ConfirmTimeout.TotalSeconds:0} s");
        if (policy.SwitchWindow is { } switches)
        {
            writer.WriteLine($"  switch   only {switches}");
        }

        if (policy.HoldBack is { } holdBack)
        {
            writer.WriteLine(
                $"  waits    up to {holdBack.AtMost.TotalMinutes:0} minutes{(holdBack.WhileLoggedIn ? ", while somebody is logged in"
                    : string.Empty)}{string.Concat(holdBack.LockFiles.Select(file => $", while '{PlainLine.Of(file)}' is locked"))}");
        }

        if (policy.Freeze is { } freeze)
        {
            writer.WriteLine($"  frozen   until {(freeze.Until is { } until ? $"{until:u}" : "it is taken back")}: "
                + PlainLine.Of(freeze.Reason));
        }

        if (release.Pin is { } pin)
        {
            writer.WriteLine($"  pinned   gives back release {pin.To}: {PlainLine.Of(pin.Reason ?? "no reason given")}");
        }

        foreach (var check in policy.HealthChecks)
        {
            writer.WriteLine($"  check    {Describe(check)}, within {check.Timeout.TotalSeconds:0} s");
        }

        foreach (var secret in release.Secrets?.Files ?? [])
        {
            writer.WriteLine(
                $"  secret   {PlainLine.Of(secret.Path)}, {PlainLine.Of(secret.Owner)}:{PlainLine.Of(secret.Group)} "
                    + $"{Convert.ToString((int)secret.Mode, 8).PadLeft(4, '0')}, in {release.Secrets!.Archive}");
        }

        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  valid    {release.Issued:u} to {release.Expires:u}"));
    }

    private static string Describe(HealthCheck check) => check switch
    {
        HealthCheck.Command command => string.Join(' ', command.Arguments.Select(argument => $"'{PlainLine.Of(argument)}'")),
        HealthCheck.Http http => http.Address.AbsoluteUri,
        HealthCheck.Unit unit => PlainLine.Of(unit.Name),
        _ => check.ToString(),
    };

    private static string Word(bool isOn) => isOn ? "on" : "off";
}
