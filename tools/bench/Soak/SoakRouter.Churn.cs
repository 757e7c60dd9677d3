using LabEdge.Forwarding;
using LabEdge.Forwarding.Wire;

namespace LabEdge.Bench.Soak;

// What control does to the tables while frames pass: always within one customer's plan, so the policy stays what it is.
public sealed partial class SoakRouter
{
    /// <summary>More specific routes per VRF that come and go: 10.C.k.0/24, then 10.C.x.y/32 for a table large enough to change its layout.</summary>
    private const int Specifics = 3000;

    /// <summary>Of so many changes the last ones are those of bridges, overlay and IPv6.</summary>
    private const int Kinds = 12;

    /// <summary>Routes come and go in such numbers.</summary>
    private const int RoutesPerChange = 8;

    /// <summary>How often a VRF's table went over to another layout, seen between the changes.</summary>
    public int Layouts { get; private set; }

    private readonly bool[] _wide = new bool[4];

    private void CountLayouts()
    {
        for (int v = 0; v < _wide.Length; v++)
        {
            bool wide = _tables.Prefixes.IsWide(v);
            if (wide != _wide[v]) Layouts++;
            _wide[v] = wide;
        }
    }

    /// <summary>Changes made, by kind.</summary>
    public int[] Changes { get; } = new int[8];

    /// <summary>One change, chosen by the seed.</summary>
    public void Change()
    {
        int kind = _numbers.Below(Kinds);
        kind = Math.Min(kind, Changes.Length - 1);
        Changes[kind]++;
        switch (kind)
        {
            case 0:
            case 1:
                for (int i = 0; i < RoutesPerChange; i++) ChangeRoute();
                CountLayouts();
                break;
            case 2:
                // A transit label gets a new way: new rows, then the handle, then the old rows rest.
                int n = _numbers.Below(TransitLabels);
                int rows = _tables.Paths.Allocate(2);
                if (rows >= 0)
                {
                    Transit(n, rows);
                    _tables.Paths.Release(_transit[n], 2);
                    _transit[n] = rows;
                }

                break;
            case 3:
                _tables.Transports.SetUnusable(_core[_numbers.Below(_core.Length)]);
                break;
            case 4:
            case 5:
                RaiseCore(_numbers.Below(_core.Length));
                break;
            case 6:
                int wire = _wire[_numbers.Below(2)];
                _tables.Pseudowires.SetUp(wire, !_tables.Pseudowires.IsUp(wire));
                break;
            default:
                ChangeMore();
                break;
        }
    }

    private void ChangeRoute()
    {
        // Runs of inserts, then runs of removals, so that tables grow and shrink past any threshold.
        int v = _numbers.Below(s_vrfs.Length);
        int customer = s_vrfs[v];
        int k = _numbers.Below(Specifics);
        int slot = v * Specifics + k;
        uint prefix = Net(customer) | (k < 256 ? (uint)k << 8 : (uint)(k * 2654435761u >> 16));
        int bits = k < 256 ? 24 : 32;
        if (_specific[slot] >= 0)
        {
            if (!_growing || _numbers.OneIn(8))
            {
                _tables.Prefixes.Remove(VrfOf(customer), prefix, bits);
                _tables.Paths.Release(_specific[slot], 1);
                _specific[slot] = -1;
                _held--;
            }
        }
        else if (_growing || _numbers.OneIn(256))
        {
            bool near = _numbers.OneIn(2);
            int path = _tables.Paths.Allocate(1);
            if (path >= 0)
            {
                int label = near || customer == SoakPolicy.Global ? 0 : SoakPolicy.ServiceLabel(customer, 10 + (k & 7));
                int transport = near ? _edge[customer] : customer == SoakPolicy.Global ? _coreIp[k & 1] : _core[k % _core.Length];
                _tables.Paths.Set(path, label == 0 ? 0 : LabelStackEntry.Word(label, 0, true, 255), transport, !_numbers.OneIn(4));
                if (_tables.Prefixes.Set(VrfOf(customer), prefix, bits, ForwardingHandle.Path | path))
                {
                    _specific[slot] = path;
                    _held++;
                }
                else
                {
                    _tables.Paths.Release(path, 1);
                }
            }
        }

        if (_held > 2500) _growing = false;
        if (_held < 200) _growing = true;
    }

    private bool _growing = true;
    private int _held;
}
