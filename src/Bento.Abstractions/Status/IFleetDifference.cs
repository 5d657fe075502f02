using Bento.Building;
using Bento.Hosts;
using Bento.Transport;

namespace Bento.Status;

/// <summary>
/// Compares what hosts run with what they should run, package by package, as far as the store of this machine knows both.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public interface IFleetDifference
{
    /// <summary>Compares every selected host.</summary>
    /// <param name="hosts">Which hosts; tags are those of <c>bento.json</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One entry a host, in ordinal order of their names.</returns>
    /// <exception cref="InvalidFleetException">The request selects nothing, or names what is not there.</exception>
    /// <exception cref="NixException">Nix is not there or could not be used.</exception>
    /// <exception cref="TransportException">The server cannot be reached or used.</exception>
    Task<IReadOnlyList<HostDifference>> ReadAsync(HostSelector hosts, CancellationToken cancellationToken = default);

    /// <summary>Has nvd, where it is installed, describe a difference in its own words: for people who are used to them.</summary>
    /// <param name="difference">One of those that were read, with <see cref="HostDifference.Packages"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What nvd prints, without colours.</returns>
    /// <exception cref="ArgumentException">The systems of the host were not compared.</exception>
    /// <exception cref="NixException">nvd is not there, or failed.</exception>
    Task<string> DescribeByNvdAsync(HostDifference difference, CancellationToken cancellationToken = default);
}
