using System.Text.Json;
using Bento.Configuration.Json;
using Bento.Hosts;
using Bento.Publishing;

namespace Bento.Cli.Deploy;

/// <summary>Reads a plan that <c>bento plan --json</c> wrote: which hosts, and what each may get.</summary>
internal static class PlanFile
{
    private const int PlanSchema = 1;

    /// <param name="path">The file.</param>
    /// <param name="part">Which hosts of the plan; null for all of them.</param>
    /// <returns>A request for these hosts, and for nothing but what was planned for each.</returns>
    /// <exception cref="InvalidFleetException">It is not such a file.</exception>
    public static DeployRequest Read(string path, HostSelector? part = null)
    {
        try
        {
            using var document = JsonDocument.Parse(BoundedFile.Read(path));
            var schema = document.RootElement.GetProperty("schema").GetInt32();
            if (schema != PlanSchema)
            {
                throw new FormatException($"its schema is {schema}, expected {PlanSchema}.");
            }

            var hosts = document.RootElement.GetProperty("hosts").EnumerateArray()
                .Select(host =>
                    (Name: HostName.Parse(host.GetProperty("host").GetString()!), Fingerprint: host.GetProperty("fingerprint").GetString()))
                .ToList();
            return new DeployRequest
            {
                Hosts = part ?? HostSelector.Of(hosts.Select(host => host.Name)),
                Planned = hosts.Where(host => host.Fingerprint is not null).ToDictionary(host => host.Name, host => host.Fingerprint!),
            };
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Invalid(path, $"Not a plan from 'bento plan --json': {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, $"Cannot be read: {exception.Message}", exception);
        }
    }

    private static InvalidFleetException Invalid(string path, string message, Exception cause) =>
        new([new FleetProblem(path, message)], cause);
}
