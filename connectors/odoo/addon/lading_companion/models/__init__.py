# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
from . import lading_event
from . import lading_tracked
from . import lading_shipment
from . import account_move
from . import sale_order
from . import stock_picking
