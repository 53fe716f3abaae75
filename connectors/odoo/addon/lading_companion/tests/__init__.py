# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
from . import test_account_move
from . import test_lading_event
from . import test_sale_order
