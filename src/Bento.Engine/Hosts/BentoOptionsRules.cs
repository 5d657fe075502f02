using System.Text.RegularExpressions;
using Bento.Processes;
using Bento.Protocol;
using Microsoft.Extensions.Options;

namespace Bento.Hosts;

/// <summary>What the options of a fleet may be; every problem at once, each with its path.</summary>
internal sealed partial class BentoOptionsRules : IValidateOptions<BentoOptions>
{
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(3660);
    private static readonly TimeSpan ShortestConfirm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestConfirm = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, BentoOptions options)
    {
        var problems = new List<string>();
        if (!Path.IsPathFullyQualified(options.Directory))
        {
            problems.Add($"directory: '{options.Directory}' is not an absolute path.");
        }

        if (options.StateDirectory is { } state && !Path.IsPathFullyQualified(state))
        {
            problems.Add($"stateDirectory: '{state}' is not an absolute path.");
        }

        if (!FleetName.TryParse(options.Fleet, null, out _))
        {
            problems.Add($"fleet: '{options.Fleet}' is not a name of letters, digits, '_', '-' and '.'.");
        }

        if (options.Epoch < 0)
        {
            problems.Add($"epoch: {options.Epoch} is below zero.");
        }

        if (options.ReleaseLifetime < ShortestLifetime || options.ReleaseLifetime > LongestLifetime)
        {
            problems.Add($"releaseLifetime: {options.ReleaseLifetime} is not between {ShortestLifetime} and {LongestLifetime}.");
        }

        if (options.KeptAttempts is < 2 or > 1000)
        {
            problems.Add($"keptAttempts: {options.KeptAttempts} is not between 2 and 1000.");
        }

        if (options.Bootstrap is { } bootstrap)
        {
            problems.AddRange(BootstrapRules.Problems(bootstrap));
        }

        foreach (var (host, settings) in options.Hosts)
        {
            problems.AddRange(Problems(host, settings).Concat(SecretProblems(settings)).Select(problem => $"hosts.{host}{problem}"));
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Problems(string host, BentoHostOptions options)
    {
        if (!HostName.TryParse(host, out _))
        {
            yield return ": this cannot be the name of a host.";
        }

        foreach (var tag in options.Tags.Where(tag => !Tag().IsMatch(tag)))
        {
            yield return $".tags: '{tag}' is not a word of letters, digits, '_', '-' and '.'.";
        }

        if (options.RebootWindow is { } window && !TimeWindow.TryParse(window, null, out _))
        {
            yield return $".rebootWindow: '{window}' is not a time window such as 02:00-05:00.";
        }

        if (options.ConfirmTimeout < ShortestConfirm || options.ConfirmTimeout > LongestConfirm)
        {
            yield return $".confirmTimeout: {options.ConfirmTimeout} is not between {ShortestConfirm} and {LongestConfirm}.";
        }

        for (var i = 0; i < options.HealthChecks.Count; i++)
        {
            if (HealthCheckProblem(options.HealthChecks[i]) is { } problem)
            {
                yield return $".healthChecks[{i}]: {problem}";
            }
        }
    }

    /// <summary>What an agent would say of it.</summary>
    private static string? HealthCheckProblem(HealthCheck? check)
    {
        try
        {
            _ = check is null ? throw new FormatException("A health check is null.") : HealthCheckDocument.From(check).ToHealthCheck();
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private static IEnumerable<string> SecretProblems(BentoHostOptions options)
    {
        if (options.PublicKey is { } key && !SshPublicKey.TryParse(key, null, out _))
        {
            yield return $".publicKey: '{key}' is no public key of the form 'ssh-ed25519 AAAA… [comment]'.";
        }

        foreach (var (path, secret) in options.Secrets)
        {
            // Not every name that JSON can spell is one that a terminal should see.
            var name = PlainText.OfLine(path);
            if (!SecretGrammar.IsPath(path))
            {
                yield return $".secrets: '{name}' is no path of a secret: names of letters, digits, '.', '_', '-', '@' and '+' between "
                    + "single slashes.";
            }

            foreach (var owner in new[] { secret.Owner, secret.Group }.Where(owner => !SecretGrammar.IsOwner(owner)))
            {
                yield return $".secrets.{name}: '{PlainText.OfLine(owner)}' is neither the name nor the number of a user or a group.";
            }

            if (SecretGrammar.ModeOf(secret.Mode) is null)
            {
                yield return $".secrets.{name}.mode: '{PlainText.OfLine(secret.Mode)}' is no mode such as 0400, with nothing for others.";
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
