namespace Bento.Sftp.Wire;

/// <summary>An entry of a directory, as the server lists it.</summary>
/// <param name="Name">Its name, which is one name: not empty, without a slash.</param>
/// <param name="Attributes">What it is; of a link, the link itself.</param>
internal readonly record struct NamedFile(string Name, SftpAttributes Attributes)
{
    /// <summary>Reads the entries of one answer; a count that the packet cannot hold ends where the packet does.</summary>
    /// <exception cref="SftpProtocolException">They make no sense.</exception>
    public static IReadOnlyList<NamedFile> ReadAll(PacketReader reader)
    {
        var count = reader.UInt32();
        if (count == 0)
        {
            throw new SftpProtocolException("it lists a directory by no names, again and again");
        }

        var files = new List<NamedFile>();
        for (var number = 0u; number < count; number++)
        {
            var name = reader.Text();
            _ = reader.Bytes();
            var attributes = SftpAttributes.Read(ref reader);
            if (name.Length == 0 || name.AsSpan().ContainsAny('/', '\0'))
            {
                throw new SftpProtocolException("it lists a name that no file can have");
            }

            files.Add(new NamedFile(name, attributes));
        }

        return files;
    }
}
