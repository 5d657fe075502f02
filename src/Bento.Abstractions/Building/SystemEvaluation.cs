using System.Text.Json.Serialization;

namespace Bento.Building;

/// <summary>How the evaluation of one system ended: exactly one of <see cref="Derivation"/> and <see cref="Failure"/> is set.</summary>
/// <remarks>Immutable.</remarks>
public sealed record SystemEvaluation
{
    /// <summary>Creates the result of an evaluation that worked.</summary>
    /// <param name="derivation">What was found.</param>
    public SystemEvaluation(SystemDerivation derivation)
    {
        ArgumentNullException.ThrowIfNull(derivation);
        Attribute = derivation.Attribute;
        Derivation = derivation;
    }

    /// <summary>Creates the result of an evaluation that failed.</summary>
    /// <param name="attribute">The attribute that was evaluated.</param>
    /// <param name="failure">Why it failed.</param>
    public SystemEvaluation(string attribute, BuildFailure failure)
    {
        Attribute = attribute;
        Failure = failure;
    }

    /// <summary>Creates a result of either kind, as one that was written down is read.</summary>
    /// <param name="attribute">The attribute that was evaluated.</param>
    /// <param name="derivation">What was found; null when it failed.</param>
    /// <param name="failure">Why it failed; null when it worked.</param>
    /// <exception cref="ArgumentException">Both are given, or neither.</exception>
    [JsonConstructor]
    public SystemEvaluation(string attribute, SystemDerivation? derivation, BuildFailure? failure)
    {
        if (derivation is null == failure is null)
        {
            throw new ArgumentException("An evaluation ends with a derivation or with a failure.", nameof(derivation));
        }

        Attribute = attribute;
        Derivation = derivation;
        Failure = failure;
    }

    /// <summary>The attribute of <c>nixosConfigurations</c>, or the name of the directory where there are no attributes.</summary>
    public string Attribute { get; }

    /// <summary>What was found; null when it failed.</summary>
    public SystemDerivation? Derivation { get; }

    /// <summary>Why it failed; null when it worked.</summary>
    public BuildFailure? Failure { get; }
}
