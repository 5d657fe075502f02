using Bento;
using Bento.Hosts;
using Bento.PostgreSql;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps what is known of a fleet in PostgreSQL.</summary>
public static class BentoPostgreSqlExtensions
{
    /// <summary>
    /// Keeps releases and reports in a database that several operators share, and excludes publishers there too. Its tables are made by
    /// <see cref="PostgreSqlSchema.ApplyAsync"/>, never in silence.
    /// </summary>
    /// <param name="builder">The builder of <c>AddBento</c>.</param>
    /// <param name="configure">Says where the database is.</param>
    /// <returns>The same builder.</returns>
    public static IBentoBuilder UsePostgreSql(this IBentoBuilder builder, Action<PostgreSqlOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        _ = services.AddOptionsWithValidateOnStart<PostgreSqlOptions>().Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlOptions>, PostgreSqlOptionsRules>());
        services.TryAddSingleton<PostgreSqlDatabase>();
        services.TryAddSingleton<ChangeListener>();
        services.TryAddSingleton(provider => new PostgreSqlSchema(provider.GetRequiredService<PostgreSqlDatabase>()));
        services.TryAddSingleton(provider => new PostgreSqlRecords(
            provider.GetRequiredService<PostgreSqlDatabase>(),
            provider.GetRequiredService<PostgreSqlSchema>(),
            provider.GetRequiredService<IOptions<BentoOptions>>()));
        services.RemoveAll<IStatusStore>();
        services.TryAddSingleton<IStatusStore, PostgreSqlStatusStore>();
        return builder;
    }
}
