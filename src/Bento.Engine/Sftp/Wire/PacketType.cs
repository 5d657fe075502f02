namespace Bento.Sftp.Wire;

/// <summary>The types of packets in version 3 of SFTP (draft-ietf-secsh-filexfer-02).</summary>
internal enum PacketType : byte
{
    Init = 1,
    Version = 2,
    Open = 3,
    Close = 4,
    Read = 5,
    Write = 6,
    LinkStatus = 7,
    SetStatus = 9,
    OpenDirectory = 11,
    ReadDirectory = 12,
    Remove = 13,
    MakeDirectory = 14,
    RemoveDirectory = 15,
    Status = 101,
    Handle = 102,
    Data = 103,
    Names = 104,
    Attributes = 105,
    Extended = 200,
    ExtendedReply = 201,
}
