using System.Text.Json.Serialization;

namespace Bento.Notifications;

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NotificationDocument))]
[JsonSerializable(typeof(ToldDocument))]
internal sealed partial class NotificationJsonContext : JsonSerializerContext;
