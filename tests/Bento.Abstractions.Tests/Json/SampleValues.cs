using System.Reflection;
using Bento.Building;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Rollouts;

namespace Bento.Abstractions.Tests.Json;

/// <summary>
/// Makes a value of any type of the public surface, in which nothing has the value that it has when nobody says anything.
/// </summary>
internal static class SampleValues
{
    private static readonly Dictionary<Type, object> Known = new()
    {
        [typeof(string)] = "text",
        [typeof(bool)] = true,
        [typeof(int)] = 3,
        [typeof(long)] = 4L,
        [typeof(double)] = 0.5,
        [typeof(TimeSpan)] = TimeSpan.FromMinutes(5),
        [typeof(TimeOnly)] = new TimeOnly(2, 30),
        [typeof(DateTimeOffset)] = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        [typeof(Uri)] = new Uri("https://web.example.org/health"),
        [typeof(UnixFileMode)] = UnixFileMode.UserRead,
        [typeof(HostName)] = HostName.Parse("web"),
        [typeof(FleetName)] = FleetName.Parse("home"),
        [typeof(HostSelector)] = HostSelector.Parse("@lab+web-*"),
        [typeof(WaveSize)] = WaveSize.Parse("10%"),
        [typeof(StorePath)] = StorePath.Parse("/nix/store/fqrxjfxks8s7fm5k25zmi0ziv5mwm7nl-nixos-system-web-25.05"),
        [typeof(TimeWindow)] = TimeWindow.Parse("02:00-05:00"),
        [typeof(ContentHash)] = ContentHash.Parse(new string('a', 64)),
        [typeof(ReleaseId)] = ReleaseId.Parse(new string('b', 32)),
        [typeof(TreeHash)] = TreeHash.Parse("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        [typeof(KeyFingerprint)] = KeyFingerprint.Parse("SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"),
        [typeof(SshPublicKey)] =
            SshPublicKey.Parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJxfrrW5zArBWqiBoQaE4MHKFcXRVC1CMdK8GRjAdUHH web"),
    };

    public static object Of(Type type)
    {
        if (Known.TryGetValue(type, out var known))
        {
            return known;
        }

        if (type == typeof(SystemEvaluation))
        {
            return new SystemEvaluation((SystemDerivation)Of(typeof(SystemDerivation)));
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Last();
        }

        if (type.IsGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            var arguments = type.GetGenericArguments();
            return definition == typeof(Nullable<>) ? Of(arguments[0])
                : definition == typeof(IReadOnlyList<>) ? List(arguments[0])
                : Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments), Dictionary(arguments))!;
        }

        return Record(type.IsAbstract ? type.GetNestedTypes().First(nested => nested.IsSubclassOf(type)) : type);
    }

    private static Array List(Type element)
    {
        var list = Array.CreateInstance(element, 1);
        list.SetValue(Of(element), 0);
        return list;
    }

    private static object Dictionary(Type[] arguments)
    {
        var entries = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        entries[Of(arguments[0])] = Of(arguments[1]);
        return entries;
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} cannot be made.");
        var record = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            property.SetValue(record, Of(property.PropertyType));
        }

        return record;
    }
}
