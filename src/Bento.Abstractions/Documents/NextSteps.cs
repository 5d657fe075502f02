using System.Diagnostics.CodeAnalysis;

namespace Bento.Documents;

/// <summary>How documents say a next step.</summary>
internal static class NextSteps
{
    [return: NotNullIfNotNull(nameof(step))]
    public static string? Say(NextStep? step, Func<NextStep, string>? say) => step is null ? null : say?.Invoke(step) ?? step.Text;
}
