using System.Diagnostics.CodeAnalysis;
using Bento.Configuration.Documents;
using Bento.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bento.Configuration.Composition;

/// <summary>Options that settings became, and the rules that they obey.</summary>
/// <param name="Check">Finds what is wrong with them, by setting.</param>
internal sealed record OptionsCheck(Func<IServiceProvider, IEnumerable<SettingProblem>> Check)
{
    /// <summary>Options that come from a section.</summary>
    /// <param name="section">The section; empty for the whole file.</param>
    /// <param name="name">The name of the options, where there are several of their kind.</param>
    public static OptionsCheck Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        string section, string? name = null)
        where TOptions : class => new(provider => Problems<TOptions>(provider, name ?? Options.DefaultName)
            .Select(problem => new SettingProblem(SettingNames.Of(section, problem.Property), problem.Message)));

    /// <summary>The same, where a setting has its value from another one.</summary>
    /// <param name="setting">The setting that nobody wrote.</param>
    /// <param name="origin">The one that its value comes from.</param>
    public OptionsCheck Derived(string setting, string origin) => new(provider => Check(provider)
        .Select(problem => problem.Setting == setting || problem.Setting.StartsWith($"{setting}.", StringComparison.Ordinal)
            ? problem with { Setting = origin + problem.Setting[setting.Length..] }
            : problem));

    private static List<OptionsProblem> Problems<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(IServiceProvider provider, string name)
        where TOptions : class
    {
        try
        {
            // Made without validation, which would throw sentences where properties are wanted.
            var options = new OptionsFactory<TOptions>(
                provider.GetServices<IConfigureOptions<TOptions>>(), provider.GetServices<IPostConfigureOptions<TOptions>>()).Create(name);
            return [.. provider.GetServices<IValidateOptions<TOptions>>().OfType<IOptionsRules<TOptions>>()
                .SelectMany(rules => rules.Check(options))];
        }
        catch (OptionsValidationException)
        {
            // They are made from other options, which are wrong: that is said of those.
            return [];
        }
    }
}
