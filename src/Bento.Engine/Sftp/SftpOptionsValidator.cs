using Microsoft.Extensions.Options;

namespace Bento.Sftp;

/// <summary>The rules that the attributes state; the generator writes the code.</summary>
[OptionsValidator]
internal sealed partial class SftpOptionsValidator : IValidateOptions<SftpOptions>;
