namespace Bento.Validation;

/// <summary>
/// The rules of options, by property. Every validator of Bento's options is one, so that an application which reads the options from
/// somewhere can say where the wrong one stands.
/// </summary>
/// <typeparam name="TOptions">The options.</typeparam>
public interface IOptionsRules<in TOptions>
    where TOptions : class
{
    /// <summary>Finds everything that is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <returns>Every problem; nothing where the options are good.</returns>
    IEnumerable<OptionsProblem> Check(TOptions options);
}
