using Bento.Hosts;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Composition;

/// <summary>
/// Stops a program that does not validate when it starts: what could not be read has its default, and with that nothing may run.
/// </summary>
internal sealed class UnreadSettings<TOptions>(IReadOnlyList<FleetProblem> problems) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems.Select(problem => problem.ToString()));
}
