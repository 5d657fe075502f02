using System.Reflection;
using Bento.Testing;

namespace Bento.PostgreSql.Tests;

public sealed class ContractCoverageTests : ContractCoverage
{
    protected override IEnumerable<Assembly> Assemblies => [typeof(PostgreSqlStatusStore).Assembly];
}
