using System.Reflection;
using Bento.Testing;

namespace OwnParts;

/// <summary>Fails when a part of this assembly has no suite.</summary>
public sealed class OwnPartsTests : ContractCoverage
{
    protected override IEnumerable<Assembly> Assemblies => [typeof(HttpTransport).Assembly];
}
