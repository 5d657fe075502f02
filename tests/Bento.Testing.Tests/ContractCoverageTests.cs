using System.Reflection;
using Bento.Testing.Fleet;
using Bento.Testing.Tests.Transport;
using Bento.Testing.Transport;

namespace Bento.Testing.Tests;

/// <summary>The parts of this package run their own suites; what has none is found.</summary>
public sealed class ContractCoverageTests : ContractCoverage
{
    protected override IEnumerable<Assembly> Assemblies => [typeof(InMemoryTransport).Assembly];

    [Fact]
    public void A_part_without_a_suite_is_named_with_what_to_derive() => Assert.Equal(
        [
            "Bento.Testing.Fleet.ScriptedMachine has no suite: derive a class from ActivatorContract with "
                + "[Covers(typeof(ScriptedMachine))].",
        ],
        FindMissing([typeof(ScriptedMachine), typeof(InMemoryTransport), typeof(string)], [typeof(InMemoryTransportTests)]));

    [Fact]
    public void A_suite_of_another_contract_is_none() =>
        Assert.Single(FindMissing([typeof(ScriptedMachine)], [typeof(InMemoryTransportTests)]));
}
