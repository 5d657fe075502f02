using System.Text;
using Renci.SshNet.Messages.Connection;

namespace Bento.Sftp;

/// <summary>Asks for a subsystem of the server on a channel (RFC 4254, 6.5).</summary>
internal sealed class SubsystemRequest : RequestInfo
{
    private readonly byte[] _name;

    public SubsystemRequest(string name)
    {
        _name = Encoding.ASCII.GetBytes(name);
        WantReply = true;
    }

    public override string RequestName => "subsystem";

    protected override int BufferCapacity => base.BufferCapacity + sizeof(uint) + _name.Length;

    protected override void SaveData()
    {
        base.SaveData();
        WriteBinaryString(_name);
    }
}
