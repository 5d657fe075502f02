using Bento.Validation;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Bento.PostgreSql;

/// <summary>What the options of a database may be.</summary>
internal sealed class PostgreSqlOptionsRules : IOptionsRules<PostgreSqlOptions>, IValidateOptions<PostgreSqlOptions>
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    public IEnumerable<OptionsProblem> Check(PostgreSqlOptions options)
    {
        if (options.Connection.Length == 0 && options.ConnectionFile is null)
        {
            yield return new(nameof(options.Connection), "It is missing, and so is a file that holds it.");
        }
        else if (options.Connection.Length > 0 && options.ConnectionFile is not null)
        {
            yield return new(nameof(options.Connection), "It stands here and in a file: only one of them can be meant.");
        }
        else if (options.Connection.Length > 0 && !IsConnection(options.Connection))
        {
            yield return new(
                nameof(options.Connection), "Expected a connection string of Npgsql, such as Host=db;Database=bento;Username=bento.");
        }

        if (options.ConnectionFile is { } file && !Path.IsPathFullyQualified(file))
        {
            yield return new(nameof(options.ConnectionFile), $"'{file}' is not an absolute path.");
        }

        if (options.RetryFor < TimeSpan.Zero || options.RetryFor > LongestRetry)
        {
            yield return new(nameof(options.RetryFor), $"{options.RetryFor} is not between 0 and {LongestRetry}.");
        }
    }

    public ValidateOptionsResult Validate(string? name, PostgreSqlOptions options)
    {
        var failures = Check(options).Select(problem => $"{nameof(PostgreSqlOptions)}.{problem.Property}: {problem.Message}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>What is wrong with it is not said in the words of Npgsql, which may quote it.</summary>
    internal static bool IsConnection(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }
}
