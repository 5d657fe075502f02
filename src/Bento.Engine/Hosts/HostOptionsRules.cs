using System.Text.RegularExpressions;
using Bento.Processes;
using Bento.Protocol;
using Bento.Validation;

namespace Bento.Hosts;

/// <summary>What may be said about one host.</summary>
internal static partial class HostOptionsRules
{
    private const int MaxAttributeLength = 255;
    private static readonly TimeSpan ShortestConfirm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestConfirm = TimeSpan.FromDays(1);

    public static IEnumerable<OptionsProblem> Check(BentoHostOptions options)
    {
        for (var i = 0; i < options.Tags.Count; i++)
        {
            if (!Tag().IsMatch(options.Tags[i]))
            {
                yield return new(
                    $"{nameof(options.Tags)}[{i}]", $"'{options.Tags[i]}' is not a word of letters, digits, '_', '-' and '.'.");
            }
        }

        if (options.Attribute is { } attribute
            && (attribute is not { Length: > 0 and <= MaxAttributeLength } || attribute.Any(char.IsControl)))
        {
            yield return new(nameof(options.Attribute), $"'{PlainText.OfLine(attribute)}' cannot be an attribute.");
        }

        if (options.Delivery is { } delivery
            && DeliveryRule.FindContradiction(delivery, options.EvaluateOnly, options.SelfUpdate) is { } contradiction)
        {
            yield return new(nameof(options.Delivery), contradiction);
        }

        foreach (var problem in WindowRules.Check(nameof(options.RebootWindow), options.RebootWindow)
            .Concat(WindowRules.Check(nameof(options.SwitchWindow), options.SwitchWindow))
            .Concat(WindowRules.Check(nameof(options.HoldBack), options.HoldBack)))
        {
            yield return problem;
        }

        foreach (var problem in Bounds.Between(nameof(options.ConfirmTimeout), options.ConfirmTimeout, ShortestConfirm, LongestConfirm)
            .Concat(HealthCheckProblems(options.HealthChecks)).Concat(SecretProblems(options)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<OptionsProblem> HealthCheckProblems(IList<HealthCheck> checks)
    {
        for (var i = 0; i < checks.Count; i++)
        {
            if (Problem(checks[i]) is { } problem)
            {
                yield return new($"{nameof(BentoHostOptions.HealthChecks)}[{i}]", problem);
            }
        }
    }

    /// <summary>What an agent would say of it.</summary>
    private static string? Problem(HealthCheck? check)
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

    private static IEnumerable<OptionsProblem> SecretProblems(BentoHostOptions options)
    {
        if (options.PublicKey is { } key && !SshPublicKey.TryParse(key, null, out _))
        {
            yield return new(nameof(options.PublicKey), $"'{key}' is not a public key of the form 'ssh-ed25519 AAAA… [comment]'.");
        }

        foreach (var (path, secret) in options.Secrets)
        {
            // Not every name that JSON can spell is one that a terminal should see.
            var name = PlainText.OfLine(path);
            var property = $"{nameof(options.Secrets)}[{name}]";
            if (!SecretGrammar.IsPath(path))
            {
                yield return new(
                    property,
                    $"'{name}' is not the path of a secret: names of letters, digits, '.', '_', '-', '@' and '+' between single slashes.");
            }

            if (!SecretGrammar.IsOwner(secret.Owner))
            {
                yield return new($"{property}.{nameof(secret.Owner)}", NoOwner(secret.Owner, "user"));
            }

            if (!SecretGrammar.IsOwner(secret.Group))
            {
                yield return new($"{property}.{nameof(secret.Group)}", NoOwner(secret.Group, "group"));
            }

            if (SecretGrammar.ModeOf(secret.Mode) is null)
            {
                yield return new(
                    $"{property}.{nameof(secret.Mode)}",
                    $"'{PlainText.OfLine(secret.Mode)}' is not a mode such as 0400, with nothing for others.");
            }
        }
    }

    private static string NoOwner(string owner, string kind) =>
        $"'{PlainText.OfLine(owner)}' is neither the name nor the number of a {kind}.";

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
