using System.Reflection;
using Bento.Agents.Machine;
using Bento.Agents.Servers;
using Bento.Building.Fleet;
using Bento.Resilience;
using Bento.Status;
using Bento.Testing;
using Bento.Transport;
using Bento.Trust;

namespace Bento.Engine.Tests;

/// <summary>Every part that Bento brings itself runs the suite that a third party gets.</summary>
public sealed class ContractCoverageTests : ContractCoverage
{
    protected override IEnumerable<Assembly> Assemblies => [typeof(LocalDirectoryTransport).Assembly];

    protected override IReadOnlyDictionary<Type, string> Exceptions { get; } = new Dictionary<Type, string>
    {
        [typeof(AnnouncingTransport)] = "says that connecting takes long and passes sessions on: ConnectRetryTests",
        [typeof(GuardedActivator)] = "a guard around the part of somebody else: OwnPartsTests",
        [typeof(GuardedBuilder)] = "a guard around the part of somebody else: OwnPartsTests",
        [typeof(GuardedSigner)] = "a guard around the part of somebody else: OwnPartsTests",
        [typeof(GuardedStore)] = "a guard around the part of somebody else: OwnPartsTests",
        [typeof(GuardedTransport)] = "a guard around the part of somebody else: OwnTransportTests",
        [typeof(RetryingTransport)] = "connects again and passes sessions on: ConnectRetryTests",
        [typeof(ServerList)] = "chooses between transports and passes sessions on: ServerListTests",
    };
}
